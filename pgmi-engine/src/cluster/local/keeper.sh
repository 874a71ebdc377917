# Keeps one throwaway PostgreSQL for as long as somebody holds its lease, then removes every trace.
#
# Run with `sh -c` by keeper.rs, as the user the server belongs to, in a process group of its own.
#
#   $1 home: folder to make       $2 folder of the socket      $3 seconds to linger
#   $4 folder of the programs     $5 locale                    $6 where an untouched data directory is kept, or empty
#   $7… options of `postgres`
#
# stdin    a line with the password for TCP or nothing; then open until the starter has a lease.
# stdout   `leased` once the lease can be opened; closed when everything is gone.
#
# home/lease    FIFO; whoever has it open for writing uses the server. The kernel closes it when a
#               user dies, however that happens. Words that can be written to it:
#               `keep`: stay without users. `stop`: end now, whoever is there.
# home/joined   made by whoever joins, so that the keeper sees who came and went while it lingered.
# home/exited   the exit status of the server, once it has ended.

umask 077
home=$1 sockets=$2 linger=$3 programs=$4 locale=$5 template=$6
shift 6

# The rest runs in the background, so that nobody has to wait for this process. A background
# command would lose its stdin; hence the detour over 5.
exec 5<&0 </dev/null

serve() {
    if [ -n "$template" ] && [ -d "$template" ]; then
        cp -R "$template" data
    elif [ -n "$password" ]; then
        printf '%s\n' "$password" >password
        initialise --auth-local=trust --auth-host=scram-sha-256 --pwfile=password
    else
        initialise --auth=trust
    fi && {
        if [ -n "$template" ] && [ ! -d "$template" ]; then remember; fi
        "$programs/postgres" -D data -k "$sockets" "$@"
    }
    echo $? >exited
}

# Small WAL segments make a data directory that is copied in half the time.
initialise() {
    "$programs/initdb" -D data -N -U postgres --encoding=UTF8 --locale="$locale" --wal-segsize=1 "$@"
}

# Keeps the next server from running initdb. Where another keeper was faster, `mv` would have put
# ours into its folder.
remember() {
    cp -R data "$template.$$" && mv "$template.$$" "$template"
    rm -rf "$template.$$" "$template/${template##*/}.$$"
}

# Returns when nobody holds the lease any more; fails when told to stop.
attend() {
    while read -r word; do
        case $word in
            keep) exec 6<>lease ;;
            stop) return 1 ;;
        esac
    done <&3
    return 0
}

# Returns when the server is to end.
watch() {
    while read -r _; do :; done <&5
    exec 5<&-
    while rm -f joined; attend || return; [ "$linger" != 0 ]; do
        # The one who lingers is a user like any other: what is said meanwhile is heard. We open
        # the lease for it, because it would do so too late.
        exec 7>lease
        sleep "$linger" 3<&- >/dev/null &
        exec 7>&-
        attend || { kill $!; return; }
        [ -e joined ] && continue
        # From now on nobody finds the lease. Who opened it before this may stay.
        mv lease retired
        attend
        return
    done
}

# A server that is about to start does not hear yet; one that has ended has left `exited`. What initdb runs has a
# number below zero, and is waited for. Where somebody removed the folder the server notices by itself.
end_server() {
    until [ -e exited ] || [ ! -d "$home" ]; do
        if read -r server <data/postmaster.pid && [ "$server" -gt 0 ]; then
            kill -QUIT "$server"
            wait "$serving"
        else
            sleep 0.02
        fi
    done
}

keep() {
    trap '' HUP INT
    read -r password <&5
    mkdir "$home" && cd "$home" && mkfifo lease && exec 2>>log || exit
    [ "$sockets" = "$home" ] || mkdir "$sockets" || exit
    # Opening a FIFO for reading waits for a writer, unless one is there already.
    exec 6<>lease 3<lease 6>&-
    echo leased

    serve "$@" >>log 2>&1 3<&- 5<&- &
    serving=$!
    watch
    end_server 2>/dev/null
    cd /
    # What a killed server leaves behind may still be writing.
    for _ in 1 2 3 4 5; do
        rm -rf "$home" "$sockets" && break
        sleep 0.1
    done
}

keep "$@" &
