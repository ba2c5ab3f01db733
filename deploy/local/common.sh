# Shared by the launcher's commands: messages, the JDK, Maven, the build. Sourced by ./suimon, which sets root and home.
# shellcheck shell=bash disable=SC2154

say() { printf '%s\n' "$*"; }

fail() {
  printf 'suimon: %s\n' "$*" >&2
  exit 1
}

prepare_home() {
  if ! mkdir -p "$home" 2>/dev/null || ! [ -w "$home" ]; then
    fail "cannot write to $home: choose another folder with SUIMON_HOME"
  fi
  home=$(cd "$home" && pwd)
}

# Installs Debian packages where this user may; says which are missing where not. $1 says what needs them.
install_packages() {
  local what=$1
  shift
  if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    say "Installing $* (for $what) ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
      >"$home/packages.log" 2>&1
  else
    return 1
  fi
}

# The feature version of the JDK in $1, or nothing.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Sets JAVA_HOME to the newest JDK there is, 21 or newer.
find_jdk() {
  local candidate version best='' best_version=20 path_java
  path_java=$(command -v javac || true)
  [ -z "$path_java" ] || path_java=$(dirname "$(dirname "$(readlink -f "$path_java")")")
  for candidate in "${JAVA_HOME:-}" "$path_java" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(jdk_version "$candidate")
    if [ -n "$version" ] && [ "$version" -gt "$best_version" ]; then
      best=$candidate best_version=$version
    fi
  done
  if [ -z "$best" ]; then
    [ "${1:-}" != installed ] || return 1
    if { install_packages Suimon openjdk-25-jdk-headless || install_packages Suimon openjdk-21-jdk-headless; } &&
      find_jdk installed; then
      return
    fi
    fail "no JDK 21 or newer found: install one (for example Temurin 25, https://adoptium.net) or set JAVA_HOME to it"
  fi
  export JAVA_HOME=$best
}

find_maven() {
  command -v mvn >/dev/null || install_packages "the build" maven ||
    fail "Maven not found: install it (Debian: apt-get install maven), 3.8 or newer"
}

# What both planes are made of.
plane_sources=("$root/pom.xml")
for each in proto process data-plane data-plane/engine control-plane; do
  plane_sources+=("$root/$each/pom.xml" "$root/$each/src/main")
done

# Whether stamp $1 is missing or older than anything in the files and folders behind it.
changed_since() {
  [ -f "$1" ] || return 0
  [ -n "$(find "${@:2}" -newer "$1" -print -quit)" ]
}

# Whether the applications are missing or older than what they are made of.
stale_build() {
  [ -f "$root/data-plane/target/quarkus-app/quarkus-run.jar" ] &&
    [ -f "$root/control-plane/target/quarkus-app/quarkus-run.jar" ] || return 0
  changed_since "$root/data-plane/target/suimon.built" "${plane_sources[@]}"
}

# Builds both planes when that is needed, and records a start where there is none of this build.
build() {
  if stale_build; then
    make_planes
    touch "$root/data-plane/target/suimon.built"
  fi
  start_is_recorded data-plane || record_start
}

# Builds both planes, one line per module.
make_planes() {
  find_maven
  local log=$home/build.log
  say "Building with JDK $(jdk_version "$JAVA_HOME") (the first time downloads its libraries; log: $log)"
  if ! (cd "$root" && mvn -B -ntp -DskipTests -Dspotless.check.skip -Djacoco.skip -pl control-plane,data-plane -am \
    package 2>&1) | tee "$log" | sed -un 's/^\[INFO\] Building \(Suimon .*[^ ]\) *[0-9][^ ]* *\[\(.*\)\]/  [\2] \1/p'; then
    grep -m 20 '^\[ERROR\]' "$log" >&2 || tail -n 20 "$log" >&2
    fail "the build failed; all of it: $log"
  fi
}

# Lets a node warm itself up and end, and keeps what the virtual machine learned meanwhile: later starts begin with it. Without it
# (before JDK 25) they take longer.
record_start() {
  local cache=$root/data-plane/target/data-plane.aot work
  rm -f "$cache"
  [ "$(jdk_version "$JAVA_HOME")" -ge 25 ] || return 0
  say "Recording a start of the data plane (log: $home/record.log)"
  work=$(mktemp -d)
  if ! env SUIMON_TRAFFIC_PORT=0 SUIMON_TLS_PORT=0 SUIMON_STATUS_PORT=0 SUIMON_METRICS_PORT=0 SUIMON_CONTROL_PORT=0 \
    SUIMON_CACHE_PATH="$work" SUIMON_WARM_UP_ONLY=true SUIMON_WARM_UP_TIME=PT5S "$JAVA_HOME/bin/java" \
    "-XX:AOTCacheOutput=$cache" "@$root/data-plane/src/main/jib/app/jvm.options" \
    -jar "$root/data-plane/target/quarkus-app/quarkus-run.jar" </dev/null >"$home/record.log" 2>&1; then
    rm -f "$cache"
    say "No start was recorded: nodes will take longer to start; why: $home/record.log" >&2
  fi
  rm -rf "$work"
}

# Whether what was recorded of plane $1 is of this build: a JVM refuses any other, and says so.
start_is_recorded() {
  [ "$root/$1/target/$1.aot" -nt "$root/$1/target/quarkus-app/quarkus-run.jar" ]
}
