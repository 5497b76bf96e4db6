# shellcheck shell=bash
# Makes the packages. Sourced by ./run, after build.sh: what is packed is what was built.

packages_folder=$root/artifacts/packages

# The time of the last commit: the same source gives the same packages. 1980 is the oldest that a zip file knows.
source_time() { git -C "$root" log -1 --format=%ct 2>/dev/null || echo 315532800; }

# pack_packages [FOLDER] [VERSION]: every package of this repository, and its symbols. VERSION is for tests, whose
# packages must not be taken for released ones (NuGet keeps what it has once seen under a version).
pack_packages() {
	local folder=${1:-$packages_folder} version=${2:-} log code=0
	mkdir -p "$folder"
	folder=$(cd "$folder" && pwd)
	log=$(mktemp)
	say "Packing into $folder."
	(cd "$root" && SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(source_time)} dotnet msbuild scripts/pack.proj -nologo -v:quiet \
		-nodeReuse:false -p:Feed="$folder" -p:PackedVersion="$version") >"$log" 2>&1 </dev/null || code=$?
	if [ "$code" -ne 0 ]; then
		cat "$log" >&2
		say "Packing failed; what the compiler said is above."
	fi
	rm "$log"
	return "$code"
}
