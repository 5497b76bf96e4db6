# shellcheck shell=bash
# What a machine must have before Calico.Sdk can be built and run here, and how it gets it.
# Sourced by ./run and ./test. Nothing is installed without a line that says what and why; only what is missing is.
# Everything is said on standard error, so that the output of a command can be piped.

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
missing=()   # packages to install
reasons=()   # why, in the same order
lists_read=  # set once apt-get update ran

say() { printf '%s\n' "$*" >&2; }

has() { command -v "$1" >/dev/null 2>&1; }

require_root() {
	[ "$(id -u)" -eq 0 ] && return
	say "$1 loads eBPF programs and makes network namespaces, so it needs root: run it as \`sudo $1\`."
	return 1
}

# clang 14 is the first that emits the BTF and takes the -mcpu versions that we ask for.
has_clang() {
	local folder file major
	for folder in ${PATH//:/ }; do
		for file in "$folder"/clang "$folder"/clang-[0-9]*; do
			[ -x "$file" ] || continue
			major=$("$file" -dumpversion 2>/dev/null)
			[ "${major%%.*}" -ge 14 ] 2>/dev/null && return
		done
	done
	return 1
}

has_library() { ldconfig -p | grep -qF "$1"; }

has_certificates() { [ -n "${SSL_CERT_FILE:-}${SSL_CERT_DIR:-}" ] || [ -s /etc/ssl/certs/ca-certificates.crt ]; }

# need PACKAGE WHY CHECK…: notes the package when the check fails. Files and commands are checked and not the package
# database: whoever has a clang or a libbpf of their own gets no second one.
need() {
	local package=$1 why=$2
	shift 2
	"$@" >/dev/null 2>&1 && return
	missing+=("$package")
	reasons+=("$why")
}

needs_of_a_node() {
	need clang "compiles the rendered eBPF C (14 or newer)" has_clang
	need libbpf1 "loads eBPF programs and maps (libbpf.so.1)" has_library libbpf.so.1
	need linux-libc-dev "the kernel's headers, which the eBPF C includes" test -f /usr/include/linux/bpf.h
	need iproute2 "ip and tc: the demo's network namespaces and interfaces" has ip
	need nftables "nft: keeps a workload's interface closed until it has its chain" has nft
	need util-linux "nsenter: runs a command in a node of the demo" has nsenter
	need procps "sysctl: switches on forwarding in the demo's nodes" has sysctl
	need iputils-ping "ping: part of the demo's traffic" has ping
	need ca-certificates "the NuGet packages come over TLS" has_certificates
}

# A command is needed for the tests if a test names it at the start of a string: "iperf3" or "iperf3 -c …".
needs_of_the_tests() {
	local command package why
	grep -rqF --include='*.cs' '<bpf/bpf_helpers.h>' "$root/tests" &&
		need libbpf-dev "libbpf's headers: the kernel tests' own eBPF C" test -f /usr/include/bpf/bpf_helpers.h
	while read -r command package why; do
		grep -rqE --include='*.cs' "\"$command[ \"]" "$root/tests" && need "$package" "$why" has "$command"
	done <<-'EOF'
		iptables  iptables               iptables: foreign DNAT rules, in the node tests
		ip6tables iptables               ip6tables: foreign DNAT rules, in the node tests
		iperf3    iperf3                 iperf3: bulk traffic, in the node tests
		socat     socat                  socat: clients and servers of many protocols, in the node tests
		nc        netcat-openbsd         nc: TCP and UDP clients, in the node tests
		curl      curl                   curl: an HTTP client, in the node tests
		ethtool   ethtool                ethtool: offloads on and off, in the node tests
		tcpdump   tcpdump                tcpdump: sees packets where they pass, in the node tests
		tshark    tshark                 tshark: an independent reader of packets, in the node tests
		bpftool   bpftool                bpftool: an independent look at programs and maps, in the kernel tests
		conntrack conntrack              conntrack: a look at the kernel's own connections, in the node tests
		python3   python3-minimal        python3: small servers, in the node tests
	EOF
}

read_package_lists() {
	[ -z "$lists_read" ] || return 0
	lists_read=yes
	say "Reading Debian's package lists (apt-get update): $1."
	# One unreachable archive of several need not matter; if it does, the installation says so.
	apt-get -qq update >&2 || say "apt-get update did not read every list; going on with those it has."
}

apt_knows() { apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'; }

# Debian 12 has clang-13 to clang-22 (the last from its security archive) beside `clang`, which is 14. Wanted is the
# newest that the tests have run with; where it can't be had, the newest there is.
tested_clang=19

wanted_clang() {
	local package
	for package in "clang-$tested_clang" $(apt-cache pkgnames clang- 2>/dev/null | grep -xE 'clang-[0-9]+' | sort -t- -k2,2nr); do
		[ "${package#clang-}" -ge 14 ] && apt_knows "$package" && echo "$package" && return
	done
	echo clang
}

install_missing() {
	local i package log
	[ ${#missing[@]} -gt 0 ] || return 0
	if ! has apt-get; then
		say "This machine lacks the following, and has no apt-get to install it with; the names are Debian's:"
		for i in "${!missing[@]}"; do say "  ${missing[i]}: ${reasons[i]}"; done
		return 1
	fi
	for package in "${missing[@]}"; do
		apt_knows "$package" || read_package_lists "this machine has none that names $package" || return
	done
	for i in "${!missing[@]}"; do
		[ "${missing[i]}" != clang ] || missing[i]=$(wanted_clang)
	done
	say "Missing on this machine, and now installed from Debian:"
	for i in "${!missing[@]}"; do say "  ${missing[i]}: ${reasons[i]}"; done
	log=$(mktemp)
	apt_install >"$log" 2>&1 ||
		{ read_package_lists "an installation failed, the lists may be old" && apt_install >"$log" 2>&1; } ||
		{ cat "$log" >&2; say "apt-get could not install ${missing[*]}; what it said is above."; rm "$log"; return 1; }
	rm "$log"
}

apt_install() {
	DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}" </dev/null
}

mount_bpffs() {
	[ "$(stat -f -c %T /sys/fs/bpf 2>/dev/null)" != bpf_fs ] || return 0
	say "Mounting bpffs at /sys/fs/bpf: eBPF programs and maps are pinned there."
	mount -t bpf bpf /sys/fs/bpf && return
	say "bpffs could not be mounted at /sys/fs/bpf; in a container that takes CAP_SYS_ADMIN and a writable /sys."
	return 1
}

# sudo drops ~/.dotnet from PATH, so the usual places are tried too, the calling user's among them.
find_dotnet() {
	local candidate home_of_caller
	home_of_caller=$(getent passwd "${SUDO_USER:-root}" | cut -d: -f6)
	export HOME=${HOME:-/root}
	for candidate in "$(command -v dotnet)" "${DOTNET_ROOT:-/nowhere}/dotnet" /usr/share/dotnet/dotnet \
		/usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet "$HOME/.dotnet/dotnet" "$home_of_caller/.dotnet/dotnet"; do
		[ -n "$candidate" ] && [ -x "$candidate" ] || continue
		(cd "$root" && "$candidate" --version >/dev/null 2>&1) || continue
		# The built executables look for their runtime there.
		DOTNET_ROOT=$(dirname "$(readlink -f "$candidate")")
		export DOTNET_ROOT PATH=$DOTNET_ROOT:$PATH
		return
	done
	say "The .NET SDK 10.0 is needed, and no dotnet on this machine has it: install it and see that \`dotnet --version\` in this folder says 10.0.x."
	return 1
}

old_kernel_warning() {
	local major minor
	IFS=.- read -r major minor _ < <(uname -r)
	if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 1 ]; }; then
		say "This kernel is $(uname -r); Calico.Sdk supports 6.1 and later, so expect programs to be refused."
	fi
}

prepare_machine() {
	old_kernel_warning
	install_missing && mount_bpffs && find_dotnet
}
