#!/bin/bash
# scripts/public-api.sh [PROJECT FOLDER…]   writes PublicAPI.Unshipped.txt anew, from what the project's code is now; by
# default of every project in Sdk/ that has one. What stands in PublicAPI.Shipped.txt is left as it is: a line that is
# gone from the code is then an error (RS0017), because somebody was promised it (docs/VERSIONING.md).
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -eq 0 ]; then
	for file in "$root"/Sdk/*/PublicAPI.Unshipped.txt; do set -- "$@" "$(dirname "$file")"; done
fi

for folder; do
	unshipped=$folder/PublicAPI.Unshipped.txt
	echo '#nullable enable' >"$unshipped"
	# Of the project alone, and afresh: an analyzer is silent about a project that is up to date.
	said=$(dotnet build "$folder" -c Release -v quiet --nologo --no-incremental -p:TreatWarningsAsErrors=false) ||
		{ echo "$said" >&2; echo "$folder does not build; its file is incomplete." >&2; exit 1; }
	sed -n "s/.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" <<<"$said" |
		LC_ALL=C sort -u >>"$unshipped"
	echo "$unshipped: $(($(wc -l <"$unshipped") - 1)) lines" >&2
done
