#!/bin/bash
# first-steps.sh FEED VERSION: what the tutorial shows, as a stranger does it. In a folder of its own outside of the
# repository, with nothing but the packages in the folder FEED: install the agent, make a plugin from the template, test
# it, pack it, and let the demo's agents load it, until its stage has counted packets on a node.
# Needs root. Nothing of it is left: neither files, nor tools, nor a demo. The last line says how it ended.
set -u

feed=$(cd "${1:?which folder holds the packages?}" && pwd)
version=${2:?which version of them?}
work=$(mktemp -d)
demo=

cleanup() {
	if [ -n "$demo" ] && kill -INT "$demo" 2>/dev/null; then
		wait "$demo"
	fi
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

step() { printf '── %s\n' "$*"; }

fail() {
	printf 'first steps: failed: %s\n' "$1"
	exit 1
}

# Caches of its own: what this machine has seen of the packages before must not help. What is not in the feed comes from
# where this machine gets its packages.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_HOME=$work/home
export NUGET_PACKAGES=$work/packages
mkdir -p "$DOTNET_CLI_HOME"
cd "$work" || exit 1
cat >nuget.config <<END
<configuration>
  <packageSources>
    <add key="calico-first-steps" value="$feed" />
  </packageSources>
</configuration>
END

step "dotnet tool install Calico.Agent"
dotnet tool install Calico.Agent --tool-path tools --version "$version" >install.log 2>&1 || { cat install.log; fail "the agent could not be installed"; }
calico=$work/tools/calico
"$calico" --version || fail "the installed agent does not say its version"

step "dotnet new calico-plugin -n Acme.Counter"
dotnet new install "Calico.Templates@$version" >install.log 2>&1 || { cat install.log; fail "the templates could not be installed"; }
dotnet new calico-plugin -n Acme.Counter >new.log 2>&1 || { cat new.log; fail "the template could not be used"; }

step "dotnet test"
dotnet test >test.log 2>&1 || { cat test.log; fail "the tests of a new plugin failed"; }
tail -n 3 test.log

step "dotnet pack"
dotnet pack >pack.log 2>&1 || { cat pack.log; fail "a new plugin could not be packed"; }
package=$(echo "$work"/Acme.Counter/bin/Release/Acme.Counter.*.nupkg)
[ -f "$package" ] || fail "dotnet pack left no package"

step "calico demo --plugin $(basename "$package")"
# bash makes what runs in the background deaf to SIGINT, which ends the demo: undo that.
env --default-signal=INT,QUIT "$calico" demo --name steps --nodes 1 --plugin "$package" >demo.log 2>&1 </dev/null &
demo=$!

# Its traffic begins when its agents are ready.
for _ in $(seq 120); do
	kill -0 "$demo" 2>/dev/null || { cat demo.log; fail "the demo ended before the plugin had counted anything"; }
	if counted=$("$calico" acme-counter --instance steps-n1 -o json 2>ask.log) && grep -q '"packets": *[1-9]' <<<"$counted"; then
		echo "$counted"
		break
	fi
	counted=
	sleep 1
done
[ -n "$counted" ] || { cat demo.log ask.log; fail "the stage counted nothing within two minutes"; }

kill -INT "$demo"
wait "$demo"
demo=
echo "first steps: as the tutorial says"
