# shellcheck shell=bash
# Adds up what really ran. Sourced by ./test and .ci/run; `passed` and `failed` are their running sums.

passed=0
failed=0
remarks=()  # sentences about what failed beside a test

# number NAME TEXT: the number in the attribute NAME="…" of an XML start tag.
number() {
	[[ $2 =~ [[:space:]]$1=\"([0-9]+)\" ]] && echo "${BASH_REMATCH[1]}"
}

remark() {
	failed=$((failed + 1))
	remarks+=("$*")
}

# count_report PROJECT EXIT_CODE FILE [yes, if it may be empty]: adds the numbers of one project's xunit XML report. What the report
# can't know is a failure of its own: no report (the process crashed or ran out of time), no test at all, or an exit
# code that no failed test explains.
count_report() {
	local project=$1 code=$2 file=$3 may_be_empty=${4:-} assembly ok bad
	assembly=$(grep -o '<assembly [^>]*>' "$file" 2>/dev/null | head -n 1)
	ok=$(number passed "$assembly")
	bad=$(number failed "$assembly")
	if [ -z "$ok" ] || [ -z "$bad" ]; then
		case $code in
		124 | 137) remark "$project did not end within its time limit and was stopped (exit code $code)." ;;
		*) remark "$project ended without a report (exit code $code)." ;;
		esac
		return
	fi
	bad=$((bad + $(number errors "$assembly" || echo 0) + $(number skipped "$assembly" || echo 0)))
	passed=$((passed + ok))
	failed=$((failed + bad))
	if [ $((ok + bad)) -eq 0 ]; then
		[ "$may_be_empty" = yes ] || remark "$project ran no test."
	elif [ "$bad" -eq 0 ] && [ "$code" -ne 0 ]; then
		remark "$project passed its tests and then ended with exit code $code."
	fi
}

# count_line NAME EXIT_CODE FILE PATTERN: adds the two numbers of the last line of FILE that matches PATTERN, which has
# one group for what passed and one for what failed.
count_line() {
	local name=$1 code=$2 file=$3 pattern=$4 line
	line=$(grep -E "$pattern" "$file" 2>/dev/null | tail -n 1)
	if ! [[ $line =~ $pattern ]]; then
		remark "$name did not end with its numbers (exit code $code)."
		return
	fi
	passed=$((passed + BASH_REMATCH[1]))
	failed=$((failed + BASH_REMATCH[2]))
	if [ "${BASH_REMATCH[2]}" -eq 0 ] && [ "$code" -ne 0 ]; then
		remark "$name found nothing wrong and then ended with exit code $code."
	elif [ "${BASH_REMATCH[1]}" -eq 0 ] && [ "${BASH_REMATCH[2]}" -eq 0 ]; then
		remark "$name ran nothing."
	fi
}

# The last line of ./test and of .ci/run. Returns 1 if anything failed, or if nothing ran.
print_sum() {
	local remark
	for remark in "${remarks[@]}"; do echo "$remark"; done
	[ $((passed + failed)) -gt 0 ] || { failed=1; echo "No test ran."; }
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
}
