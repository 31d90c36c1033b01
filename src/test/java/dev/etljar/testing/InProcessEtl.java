package dev.etljar.testing;

import dev.etljar.doctor.DoctorConfiguration;
import dev.etljar.launch.LaunchConfiguration;
import dev.etljar.launch.Launcher;
import dev.etljar.launch.RunRequest;
import dev.etljar.operate.OperateConfiguration;
import dev.etljar.rerun.Rerun;
import dev.etljar.rerun.RerunRequest;
import dev.etljar.run.Phase;
import dev.etljar.run.RunLimits;
import dev.etljar.run.RunListener;
import dev.etljar.run.RunOutcome;
import dev.etljar.run.StopSignal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The application in this process, configured as the command line configures it. */
public final class InProcessEtl {

    private InProcessEtl() {}

    /** Runs a job until it ends. */
    public static RunOutcome run(EtlHome home, String job) {
        return run(home.root(), job, RunListener.NONE, new StopSignal());
    }

    /** Runs a job until it ends. */
    public static RunOutcome run(Path home, String job, RunListener listener, StopSignal stop) {
        try (ConfigurableApplicationContext application = open(home)) {
            return application.getBean(Launcher.class).run(new RunRequest(job, Map.of(), false, false), listener, stop);
        }
    }

    /** Replays the rejects of an execution. */
    public static RunOutcome replay(Path home, long execution, @Nullable Path file, RunListener listener) {
        try (ConfigurableApplicationContext application = open(home)) {
            return application.getBean(Launcher.class).replay(execution, file, listener, new StopSignal());
        }
    }

    /** Runs an execution again from a step. */
    public static RunOutcome rerun(Path home, long execution, Phase from, RunListener listener) {
        try (ConfigurableApplicationContext application = open(home)) {
            return Rerun.with(application, home)
                    .run(new RerunRequest(execution, from, RunLimits.NONE), plan -> {}, listener, new StopSignal());
        }
    }

    /** Runs a job until it ends, with something in the beans that goes wrong. */
    public static RunOutcome run(EtlHome home, String job, RunListener listener, BeanPostProcessor fault) {
        try (ConfigurableApplicationContext application = open(home.root(), fault)) {
            return application
                    .getBean(Launcher.class)
                    .run(new RunRequest(job, Map.of(), false, false), listener, new StopSignal());
        }
    }

    /** The application's beans. */
    public static ConfigurableApplicationContext open(Path home) {
        return open(home, context -> {});
    }

    /** The application's beans, with other ones in the place of some. */
    public static ConfigurableApplicationContext open(Path home, BeanPostProcessor change) {
        return open(
                home, context -> context.addBeanFactoryPostProcessor(factory -> factory.addBeanPostProcessor(change)));
    }

    static ConfigurableApplicationContext open(
            Path home, ApplicationContextInitializer<ConfigurableApplicationContext> change) {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        return new SpringApplicationBuilder(
                        LaunchConfiguration.class, OperateConfiguration.class, DoctorConfiguration.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .initializers(change)
                .run(
                        "--etl.home=" + home,
                        "--etl.database=" + home.resolve("data/db/etl"),
                        "--spring.config.location=classpath:/,optional:file:" + home.resolve("config") + "/");
    }
}
