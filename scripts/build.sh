# shellcheck shell=bash
# How the solution is built, and where what was built lies. Sourced by ./run and ./test; these paths stand nowhere else.

output=bin/Release/net10.0
calico_command=$root/Core/Calico.Agent/$output/calico
benchmarks_command=$root/tests/Calico.Benchmarks/$output/Calico.Benchmarks

# Folders of the first-party plugins, separated by colons. A plugin's build output is complete (EnableDynamicLoading),
# so it is loaded from where it was built, as a third party's is from where it was unpacked.
plugin_folders() {
	local project folders=
	for project in "$root"/Plugins/*/*.csproj; do
		folders+=${folders:+:}$(dirname "$project")/$output
	done
	echo "$folders"
}

test_executable() {
	local name
	name=$(basename "$1" .csproj)
	echo "$(dirname "$1")/$output/$name"
}

# No telemetry, and no build server: nothing of a build outlives it.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

build_solution() {
	local log code=0
	mkdir -p "$root/artifacts"
	# Two builds of one folder at a time spoil each other's files.
	exec 9>"$root/artifacts/build.lock"
	flock -n 9 || { say "Waiting for another build of this folder to end."; flock 9; }
	log=$(mktemp)
	say "Building Calico.Sdk.sln."
	(cd "$root" && dotnet build Calico.Sdk.sln -c Release -v quiet --nologo -nodeReuse:false \
		-p:UseSharedCompilation=false -p:UseRazorBuildServer=false) >"$log" 2>&1 9>&- </dev/null || code=$?
	exec 9>&-
	if [ "$code" -ne 0 ]; then
		cat "$log" >&2
		say "The build failed; what the compiler said is above."
	fi
	rm "$log"
	export CALICO_SDK_PLUGIN_FOLDERS
	CALICO_SDK_PLUGIN_FOLDERS=$(plugin_folders)
	return "$code"
}
