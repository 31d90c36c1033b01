package dev.etljar.testing;

import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.progress.ProgressFile;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application with the fault that it must not have: a chunk's checkpoint is committed in a transaction of its own,
 * some milliseconds before the rows. Whoever looks for lost rows must find some when this is killed.
 */
public final class BrokenEtl {

    /** So long that a kill in PROCESS often falls in between. */
    private static final Duration BETWEEN = Duration.ofMillis(3);

    private BrokenEtl() {}

    /** What starts it. */
    public static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                BrokenEtl.class.getName());
    }

    public static void main(String[] arguments) {
        try (ConfigurableApplicationContext application = InProcessEtl.open(
                Path.of("."),
                context -> context.addBeanFactoryPostProcessor(
                        factory -> factory.addBeanPostProcessor(new CheckpointFirst())))) {
            RunOutcome outcome = application
                    .getBean(Launcher.class)
                    .run(
                            new RunRequest(arguments[0].replace("--job.name=", ""), Map.of(), false, false),
                            new ProgressFile(Clock.systemUTC()),
                            new StopSignal());
            System.err.println(outcome.message());
            System.exit(outcome.exitCode().code());
        }
    }

    /** Puts a job repository in the other's place whose updates do not join the chunk's transaction. */
    private static final class CheckpointFirst implements BeanPostProcessor {

        private final ExecutorService otherThread = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        });

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof JobRepository
                    ? Proxy.newProxyInstance(
                            JobRepository.class.getClassLoader(),
                            new Class<?>[] {JobRepository.class},
                            (proxy, method, arguments) -> call(bean, method, arguments))
                    : bean;
        }

        private @Nullable Object call(Object bean, Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                if (!method.getName().equals("updateExecutionContext")) {
                    return method.invoke(bean, arguments);
                }
                Future<?> done = otherThread.submit(() -> method.invoke(bean, arguments));
                Object result = done.get();
                LockSupport.parkNanos(BETWEEN.toNanos());
                return result;
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }
    }
}
