/*
 * A machine that fails as machines do, around one process that knows nothing of it (LD_PRELOAD):
 *
 * - A disk that forgets. What is written below FRAIL_ROOT counts as being in memory only until it is synced: before a write
 *   changes a file, what it replaces goes to a log of that file below FRAIL_LOG, and a sync of the file deletes the log. Names
 *   likewise, where they are given in full: a rename or a new folder is noted until its folder is synced. After a "power cut" (all processes killed)
 *   "frailmachine ROOT LOG", this very file as a program, takes back whatever was not synced. The real sync is left out.
 * - A full disk. While the file FRAIL_FULL exists, no file below FRAIL_ROOT can grow.
 * - A clock that jumps. FRAIL_CLOCK is a file with one number, eight bytes: so many nanoseconds the clock of the day is ahead
 *   of the real one. Stopwatches (CLOCK_MONOTONIC) are left alone.
 *
 * A log is named after its file's inode and birth, so that a file that gets a deleted one's inode does not get its log.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* What a write replaces: bytes at an offset, and the file's size before. The bytes follow. */
struct record {
    uint64_t offset;
    uint64_t length;
    uint64_t size_before;
};

static int log_name(char *name, const char *folder, const char *kind, int fd, const char *path) {
    struct statx found;
    if (statx(fd, path, fd >= 0 ? AT_EMPTY_PATH : 0, STATX_INO | STATX_BTIME, &found) != 0) {
        return -1;
    }
    snprintf(name, PATH_MAX, "%s/%s-%llu-%lld-%u", folder, kind, (unsigned long long) found.stx_ino,
             (long long) found.stx_btime.tv_sec, found.stx_btime.tv_nsec);
    return 0;
}

#ifdef FRAIL_PROGRAM
/* ------------------------------------------------------------------------------------- after the power cut */

static const char *logs;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int remove_entry(const char *path, const struct stat *s, int type, struct FTW *walk) {
    (void) s;
    (void) type;
    (void) walk;
    return remove(path);
}

/* The newest change is taken back first. A record that is cut short belongs to a write that never came. */
static void take_back_writes(const char *path, const char *log) {
    int fd = open(path, O_WRONLY), from = open(log, O_RDONLY);
    struct stat size;
    if (fd < 0 || from < 0 || fstat(from, &size) != 0) {
        fail(path);
    }
    off_t *starts = malloc(sizeof(off_t) * (size.st_size / sizeof(struct record) + 1));
    size_t count = 0;
    struct record record;
    for (off_t at = 0; pread(from, &record, sizeof record, at) == sizeof record;) {
        off_t end = at + (off_t) sizeof record + (off_t) record.length;
        if (end > size.st_size) {
            break;
        }
        starts[count++] = at;
        at = end;
    }
    while (count-- > 0) {
        if (pread(from, &record, sizeof record, starts[count]) != sizeof record) {
            fail(log);
        }
        char *bytes = malloc(record.length + 1);
        if (pread(from, bytes, record.length, starts[count] + sizeof record) != (ssize_t) record.length
            || pwrite(fd, bytes, record.length, record.offset) != (ssize_t) record.length
            || ftruncate(fd, record.size_before) != 0) {
            fail(path);
        }
        free(bytes);
    }
    free(starts);
    close(from);
    close(fd);
    printf("%s\n", path);
}

/* Each line is a new name, a tab, and where it came from; nothing there for a new folder. */
static void take_back_names(const char *log) {
    FILE *from = fopen(log, "r");
    char line[2 * PATH_MAX], *lines[65536];
    size_t count = 0;
    while (from != NULL && count < 65536 && fgets(line, sizeof line, from) != NULL && strchr(line, '\n') != NULL) {
        lines[count++] = strndup(line, strcspn(line, "\n"));
    }
    while (count-- > 0) {
        char *old = strchr(lines[count], '\t');
        *old++ = 0;
        if (access(lines[count], F_OK) == 0) {
            printf("%s\n", lines[count]);
            if (*old == 0 || rename(lines[count], old) != 0) {
                nftw(lines[count], remove_entry, 16, FTW_DEPTH | FTW_PHYS);
            }
        }
    }
    if (from != NULL) {
        fclose(from);
    }
}

static int visit_file(const char *path, const struct stat *s, int type, struct FTW *walk) {
    char log[PATH_MAX];
    (void) s;
    (void) walk;
    if (type == FTW_F && log_name(log, logs, "file", AT_FDCWD, path) == 0 && access(log, F_OK) == 0) {
        take_back_writes(path, log);
    }
    return 0;
}

static int visit_folder(const char *path, const struct stat *s, int type, struct FTW *walk) {
    char log[PATH_MAX];
    (void) s;
    (void) walk;
    if (type == FTW_D && log_name(log, logs, "folder", AT_FDCWD, path) == 0 && access(log, F_OK) == 0) {
        take_back_names(log);
    }
    return 0;
}

static int drop_log(const char *path, const struct stat *s, int type, struct FTW *walk) {
    (void) s;
    (void) walk;
    return type == FTW_F ? unlink(path) : 0;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s ROOT LOG\n", argv[0]);
        return 2;
    }
    logs = argv[2];
    if (nftw(argv[1], visit_file, 16, FTW_PHYS) != 0 || nftw(argv[1], visit_folder, 16, FTW_PHYS) != 0
        || nftw(logs, drop_log, 16, FTW_PHYS) != 0) {
        fail(argv[1]);
    }
    return 0;
}

#else
/* ---------------------------------------------------------------------------------------- around a process */

#define REAL(name) \
    static __typeof__(name) *real; \
    if (real == NULL) { \
        real = (__typeof__(name) *) dlsym(RTLD_NEXT, #name); \
    }

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static const char *root, *logs, *full;
static const volatile int64_t *ahead;

__attribute__((constructor)) static void begin(void) {
    root = getenv("FRAIL_ROOT");
    logs = getenv("FRAIL_LOG");
    full = getenv("FRAIL_FULL");
    const char *clock = getenv("FRAIL_CLOCK");
    int fd = clock == NULL ? -1 : open(clock, O_RDONLY);
    if (fd >= 0) {
        void *mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);
        ahead = mapped == MAP_FAILED ? NULL : mapped;
        close(fd);
    }
}

/* The root itself, or below it. */
static int is_in_root(const char *path) {
    size_t length = root == NULL ? 0 : strlen(root);
    return length > 0 && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* Whether this is a file or folder of ours; if so, its attributes, and its name in the log. */
static int is_ours(int fd, struct stat *found, char *log) {
    char link[64], path[PATH_MAX];
    if (root == NULL || fstat(fd, found) != 0 || !(S_ISREG(found->st_mode) || S_ISDIR(found->st_mode))) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return is_in_root(path) && log_name(log, logs, S_ISDIR(found->st_mode) ? "folder" : "file", fd, "") == 0;
}

static void append(const char *log, const struct iovec *parts, int count) {
    REAL(writev);
    int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (fd < 0 || real(fd, parts, count) < 0) {
        perror(log);
        abort();
    }
    close(fd);
}

/* Logs what is about to be replaced. Read through a descriptor of its own: the writer's may be write-only or direct. */
static void remember(int fd, const char *log, off_t offset, size_t length, off_t size) {
    char link[64];
    struct record record = {offset, 0, size};
    char *bytes = NULL;
    if (offset < size) {
        record.length = offset + (off_t) length > size ? (size_t) (size - offset) : length;
        bytes = malloc(record.length);
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        int from = open(link, O_RDONLY);
        if (from < 0 || bytes == NULL || pread(from, bytes, record.length, offset) != (ssize_t) record.length) {
            perror(log);
            abort();
        }
        close(from);
    }
    struct iovec parts[2] = {{&record, sizeof record}, {bytes, record.length}};
    append(log, parts, bytes == NULL ? 1 : 2);
    free(bytes);
}

/* Before a change, with what this returns to be given to after(): our own files change one at a time. */
enum leave { REFUSED, FOREIGN, LOCKED };

/* A negative offset is where the file stands. */
static enum leave before(int fd, off_t offset, size_t length, int truncates) {
    struct stat found;
    char log[PATH_MAX];
    int saved = errno;
    if (!is_ours(fd, &found, log) || !S_ISREG(found.st_mode)) {
        errno = saved;
        return FOREIGN;
    }
    pthread_mutex_lock(&one_at_a_time);
    fstat(fd, &found);
    if (offset < 0) {
        offset = fcntl(fd, F_GETFL) & O_APPEND ? found.st_size : lseek(fd, 0, SEEK_CUR);
    }
    if (!truncates && offset + (off_t) length > found.st_size && full != NULL && access(full, F_OK) == 0) {
        pthread_mutex_unlock(&one_at_a_time);
        errno = ENOSPC;
        return REFUSED;
    }
    remember(fd, log, offset, truncates && offset < found.st_size ? (size_t) (found.st_size - offset) : length,
             found.st_size);
    errno = saved;
    return LOCKED;
}

static void after(enum leave leave) {
    int saved = errno;
    if (leave == LOCKED) {
        pthread_mutex_unlock(&one_at_a_time);
    }
    errno = saved;
}

#define CHANGE(fd, offset, length, truncates, call) \
    enum leave leave = before(fd, offset, length, truncates); \
    if (leave == REFUSED) { \
        return -1; \
    } \
    __typeof__(call) result = call; \
    after(leave); \
    return result;

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(write);
    CHANGE(fd, -1, length, 0, real(fd, bytes, length))
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    size_t length = 0;
    for (int i = 0; i < count; i++) {
        length += parts[i].iov_len;
    }
    CHANGE(fd, -1, length, 0, real(fd, parts, count))
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    REAL(pwrite);
    CHANGE(fd, offset, length, 0, real(fd, bytes, length, offset))
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    REAL(pwrite64);
    CHANGE(fd, offset, length, 0, real(fd, bytes, length, offset))
}

int ftruncate(int fd, off_t size) {
    REAL(ftruncate);
    CHANGE(fd, size, 0, 1, real(fd, size))
}

int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    CHANGE(fd, size, 0, 1, real(fd, size))
}

int fallocate(int fd, int mode, off_t offset, off_t length) {
    REAL(fallocate);
    CHANGE(fd, offset, length, 0, real(fd, mode, offset, length))
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
    REAL(fallocate64);
    CHANGE(fd, offset, length, 0, real(fd, mode, offset, length))
}

/* What has reached the disk need not be taken back any more. */
static int synced(int fd, int (*real)(int)) {
    struct stat found;
    char log[PATH_MAX];
    if (!is_ours(fd, &found, log)) {
        return real(fd);
    }
    int saved = errno;
    pthread_mutex_lock(&one_at_a_time);
    unlink(log);
    pthread_mutex_unlock(&one_at_a_time);
    errno = saved;
    return 0;
}

int fsync(int fd) {
    REAL(fsync);
    return synced(fd, real);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    return synced(fd, real);
}

static void note_name(const char *path, const char *from) {
    char folder[PATH_MAX], log[PATH_MAX];
    int saved = errno;
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = 0;
    if (log_name(log, logs, "folder", AT_FDCWD, folder) == 0) {
        struct iovec parts[4] = {{(void *) path, strlen(path)}, {"\t", 1}, {(void *) from, strlen(from)}, {"\n", 1}};
        append(log, parts, 4);
    }
    errno = saved;
}

#define RENAME(to, from, call) \
    pthread_mutex_lock(&one_at_a_time); \
    int result = call; \
    if (result == 0 && is_in_root(to)) { \
        note_name(to, from); \
    } \
    after(LOCKED); \
    return result;

int rename(const char *from, const char *to) {
    REAL(rename);
    RENAME(to, from, real(from, to))
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags) {
    REAL(renameat2);
    RENAME(to, from, real(from_folder, from, to_folder, to, flags))
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    pthread_mutex_lock(&one_at_a_time);
    int result = real(path, mode);
    if (result == 0 && is_in_root(path)) {
        note_name(path, "");
    }
    after(LOCKED);
    return result;
}

/* ------------------------------------------------------------------------------------------------ the clock */

#define SECOND 1000000000LL

/* Times of day, and not a stopwatch's: those count from the start of the machine. */
static int is_date(time_t seconds) { return seconds > 1000000000; }

static struct timespec moved(struct timespec time, int64_t by) {
    int64_t nanos = time.tv_sec * SECOND + time.tv_nsec + by;
    return (struct timespec) {nanos / SECOND, nanos % SECOND};
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    REAL(clock_gettime);
    int result = real(clock, time);
    if (result == 0 && ahead != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        *time = moved(*time, *ahead);
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    (void) zone;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    *time = (struct timeval) {now.tv_sec, now.tv_nsec / 1000};
    return result;
}

time_t time(time_t *store) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (store != NULL) {
        *store = now.tv_sec;
    }
    return now.tv_sec;
}

/* The kernel waits by the real clock. */
static struct timespec real_date(const struct timespec *until) {
    return ahead != NULL && is_date(until->tv_sec) ? moved(*until, -*ahead) : *until;
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
    static __typeof__(pthread_cond_timedwait) *real;
    if (real == NULL) {
        real = (__typeof__(pthread_cond_timedwait) *) dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    }
    struct timespec date = real_date(until);
    return real(condition, mutex, &date);
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until) {
    REAL(sem_timedwait);
    struct timespec date = real_date(until);
    return real(semaphore, &date);
}
#endif
