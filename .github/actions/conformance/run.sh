#!/usr/bin/env bash
# Runs the conformance suite with the inputs of the action. They come as environment variables and are only ever passed on
# as quoted words: nothing that a caller or a platform wrote becomes part of a command.
set -euo pipefail

output() { # name, value
  printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
}

conclude() { # verdict, exit code of the run, exit code of the step
  output verdict "$1"
  output exit-code "$2"
  exit "$3"
}

refuse() { # what is wrong; never the value, in which a workflow command may stand
  printf '::error title=rigkit conformance::%s\n' "$1"
  conclude bad-configuration 2 2
}

one_line() { # name of an input, value
  if [[ $2 == *[[:cntrl:]]* ]]; then refuse "$1: expected one line without control characters"; fi
}

one_line config "$INPUT_CONFIG"
one_line baseline "$INPUT_BASELINE"
one_line report-dir "$INPUT_REPORT_DIR"
[[ -n $INPUT_CONFIG ]] || refuse 'config: expected a file'
[[ -n $INPUT_REPORT_DIR ]] || refuse 'report-dir: expected a folder'
[[ $INPUT_FAIL_ON == unverified || $INPUT_FAIL_ON == violation ]] || refuse 'fail-on: expected unverified or violation'
[[ -z $INPUT_VERSION || $INPUT_VERSION =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] ||
  refuse 'version: expected an exact version, such as 0.1.0'

# With the equals sign, so that a name that begins with a dash is no flag.
words=(conformance "--config=$INPUT_CONFIG" "--report-dir=$INPUT_REPORT_DIR")
[[ -z $INPUT_BASELINE ]] || words+=("--baseline=$INPUT_BASELINE")
[[ -z ${GITHUB_STEP_SUMMARY:-} ]] || words+=(--step-summary)
while read -r profile; do
  [[ -n $profile ]] || continue
  [[ $profile =~ ^[a-z][a-z-]*$ ]] || refuse 'profiles: expected names such as control-plane'
  words+=("--profile=$profile")
done < <(printf '%s\n' "$INPUT_PROFILES" | tr ', \t' '\n\n\n')

rigkit=$PWD/node_modules/.bin/rigkit
if [[ -n $INPUT_VERSION ]]; then
  home=$RUNNER_TEMP/rigkit-$INPUT_VERSION
  rigkit=$home/node_modules/.bin/rigkit
  npm install --prefix "$home" --no-audit --no-fund "rigkit@$INPUT_VERSION" || conclude failed 3 3
fi
[[ -x $rigkit ]] || refuse 'rigkit is not installed in this folder: name a version, or run npm ci first'

# The report of an earlier run would be taken for this one's.
rm -f -- "$INPUT_REPORT_DIR/report.json"
output report-dir "$INPUT_REPORT_DIR"

# What the platform said is printed, too: it commands nothing here.
token=$(node -p 'crypto.randomUUID()')
echo "::stop-commands::$token"
code=0
"$rigkit" "${words[@]}" || code=$?
echo "::$token::"

outcome() {
  REPORT="$INPUT_REPORT_DIR/report.json" node -p 'JSON.parse(require("node:fs").readFileSync(process.env.REPORT, "utf8")).outcome'
}
if [[ -f $INPUT_REPORT_DIR/report.json ]]; then
  verdict=$(outcome)
elif [[ $code == 2 ]]; then
  verdict=bad-configuration
else
  verdict=failed
fi
if [[ $code == 4 && $INPUT_FAIL_ON == violation ]]; then
  echo '::warning title=rigkit conformance::A MUST is unverified, or nothing ran: the report says what was not supplied.'
  conclude "$verdict" "$code" 0
fi
conclude "$verdict" "$code" "$code"
