package dev.etljar.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does pieces of work in threads, of which the caller's is one. */
final class SideBySide {

    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);

    interface Work<T> {
        void on(T piece) throws Exception;
    }

    private SideBySide() {}

    /**
     * Takes the pieces in their turns and returns when all threads have ended, whatever happens: nobody writes any more when
     * the caller goes on. A thread that fails takes no more pieces, the others do. An interrupt reaches the caller's own piece, and
     * is not forgotten.
     *
     * @throws Exception the first failure, with the others suppressed
     */
    static <T> void run(int threads, Turns<T> turns, Work<T> work) throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, turns.left().size()); i++) {
            tasks.add(new FutureTask<>(() -> {
                for (T piece = turns.next(); piece != null; piece = turns.next()) {
                    on(piece, turns, work);
                }
                return null;
            }));
        }
        List<FutureTask<Void>> started = new ArrayList<>(tasks.subList(0, Math.min(1, tasks.size())));
        for (FutureTask<Void> task : tasks.subList(started.size(), tasks.size())) {
            if (!start(task, "partition-" + started.size())) {
                break;
            }
            started.add(task);
        }
        if (!tasks.isEmpty()) {
            tasks.get(0).run();
        }
        throwFirst(failures(started));
    }

    private static <T> void on(T piece, Turns<T> turns, Work<T> work) throws Exception {
        try {
            work.on(piece);
        } finally {
            turns.ended();
        }
    }

    /** Where the system gives no more threads, those that there are do the work. */
    private static boolean start(FutureTask<Void> task, String name) {
        try {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            LOG.warn("No thread can be started for {}: {}", name, e.getMessage());
            return false;
        }
    }

    private static List<Throwable> failures(List<FutureTask<Void>> tasks) {
        List<Throwable> failures = new ArrayList<>();
        boolean interrupted = false;
        for (FutureTask<Void> task : tasks) {
            boolean waited = false;
            while (!waited) {
                try {
                    task.get();
                    waited = true;
                } catch (ExecutionException e) {
                    failures.add(e.getCause() == null ? e : e.getCause());
                    waited = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failures;
    }

    private static void throwFirst(List<Throwable> failures) throws Exception {
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.subList(1, failures.size()).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw first instanceof Exception exception ? exception : new IllegalStateException(first);
    }
}
