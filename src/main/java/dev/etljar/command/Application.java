package dev.etljar.command;

import dev.etljar.doctor.DoctorConfiguration;
import dev.etljar.launch.LaunchConfiguration;
import dev.etljar.operate.OperateConfiguration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts Spring, for the commands that need the database. */
final class Application {

    private Application() {}

    /** The context; closing it closes the database. The configuration is that of {@code --etl.home}. */
    static ConfigurableApplicationContext open(EtlCommand etl) {
        Path home = etl.home();
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("etl.home", home.toString());
        // H2 takes no implicitly relative path: "./data" and "/data" are told from "data".
        defaults.put(
                "etl.database",
                home.isAbsolute()
                        ? home.resolve("data/db/etl").toString()
                        : "./" + home.resolve("data/db/etl").normalize());
        defaults.put("spring.config.location", "classpath:/,optional:file:" + home.resolve("config") + "/");
        if (etl.debug()) {
            defaults.put("spring.profiles.active", "debug");
            defaults.put("logging.level.org.springframework.batch", "info");
            defaults.put("logging.level.dev.etljar", "debug");
        }
        return new SpringApplicationBuilder(
                        LaunchConfiguration.class, OperateConfiguration.class, DoctorConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .registerShutdownHook(false)
                .run(defaults.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }
}
