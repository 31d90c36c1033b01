package dev.etljar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.etljar.testing.EtlHome;
import dev.etljar.testing.EtlProcess;
import dev.etljar.testing.EtlProcess.Result;
import dev.etljar.testing.Numbers;
import dev.etljar.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret stands wherever one may stand, runs succeed and fail, and nothing that they leave behind holds it. */
class SecretsIT {

    /** In every secret, in each of them with something else behind it. */
    private static final String SECRET = "geheim";

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PASS", "geheim-env",
            "KEY", "geheim-path",
            "WHOLE_QUERY", "sig=geheim-query");

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String host;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host = "127.0.0.1:" + server.getAddress().getPort();
        byte[] body = Numbers.file(10).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/forbidden", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.createContext("/busy", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        redirect("/redirected", "http://u:geheim-r1@" + host + "/forbidden/geheim-r2?token=geheim-r3");
        redirect("/elsewhere", "ftp://u:geheim-r4@" + host + "/geheim-r5");
        redirect("/malformed", "http://u:geheim r6@" + host + "/");
        server.start();
    }

    private void redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void nothingOfARunHoldsTheSecretsOfItsDefinition() {
        EtlHome home = new EtlHome(folder).write("secrets/token", "geheim-file\n");
        job(
                home,
                "good",
                "http://me:${PASS}@%s/${KEY}/numbers.csv?a=${file:secrets/token}&${WHOLE_QUERY}&b=geheim-literal");
        job(home, "forbidden", "http://me:geheim-literal@%s/forbidden/${KEY}?${WHOLE_QUERY}");
        job(home, "busy", "http://me:${file:secrets/token}@%s/busy/${KEY}?${WHOLE_QUERY}");
        job(home, "redirected", "http://me:${PASS}@%s/redirected?geheim");
        job(home, "elsewhere", "http://%s/elsewhere?geheim");
        job(home, "malformed", "http://%s/malformed?geheim");
        home.job(
                "nobody",
                Numbers.job("http://me:${PASS}@127.0.0.1:1/${KEY}?geheim\n    attempts: 2", 100, "0", "append", ""));
        List<EtlProcess> processes = new ArrayList<>();

        Result good = run(home, "--job.name=good");
        for (String name : List.of("forbidden", "busy", "redirected", "elsewhere", "malformed", "nobody")) {
            processes.add(EtlProcess.start(home, ENVIRONMENT, "--job.name=" + name, "--debug"));
            if (processes.size() % 2 == 0) {
                processes.forEach(EtlProcess::await);
            }
        }

        assertThat(good.exitCode()).as(good.err()).isZero();
        assertThat(asked).containsExactly("/geheim-path/numbers.csv?a=geheim-file&sig=geheim-query&b=geheim-literal");
        assertThat(processes).extracting(process -> process.await().exitCode()).containsOnly(1);
        assertThat(home.value("select count(*) from BATCH_STEP_EXECUTION where exit_message <> ''"))
                .as("messages that were searched")
                .isNotEqualTo("0");
        assertThat(home.texts())
                .as("texts that were searched")
                .anyMatch(text -> text.contains("/forbidden/$KEY: HTTP status 403"));
        assertClean(home);
    }

    @Test
    void nothingSaysWhatIsWrongByQuotingASecret() {
        EtlHome home = new EtlHome(folder);
        home.job("list", "download: http://me:geheim-1@h/a?geheim-2\nprocess: \"password=geheim-3\"\n");
        home.job("syntax", "download:\n  - url: http://me:geheim-1@h/a\n password: geheim-2 ]\n");
        home.job("shown", Numbers.job("http://me:geheim${PASS}@h/a?geheim#geheim", 100, "0", "append", ""));
        home.job(
                "urls",
                Numbers.job(
                        String.join(
                                "\n  - url: ",
                                List.of(
                                        "ftp://me:geheim@h/geheim?geheim",
                                        "file://me:geheim@h/a?geheim",
                                        "\"file:a?token=geh eim&geheim\"",
                                        "\"http://me:geh eim@h/a?geheim\"",
                                        "http://me:geheim@/a?geheim",
                                        "http://me:geheim${file:secrets/none}@h/a?geheim")),
                        100,
                        "0",
                        "append",
                        ""));

        assertThat(run(home, "check", "list").exitCode()).isEqualTo(2);
        assertThat(run(home, "check", "syntax").exitCode()).isEqualTo(2);
        assertThat(run(home, "check", "shown").out()).contains("http://h/a");
        Result urls = run(home, "--debug", "--job.name=urls");
        assertThat(urls.exitCode()).as(urls.err()).isEqualTo(2);
        assertThat(urls.err().lines().filter(line -> line.startsWith("etl: download source")))
                .as(urls.err())
                .hasSize(6);
        Result named = run(home, "--job.name=shown", "api.token=geheim");
        assertThat(named.exitCode()).isEqualTo(2);
        assertThat(named.err()).contains("The job parameter 'api.token' looks like a secret", "${file:PATH}");
        assertThat(run(home, "--job.name=shown", "from=http://me:geheim@h/").exitCode())
                .isEqualTo(2);
        assertClean(home);
    }

    @Test
    void passwordOfTheDatabaseComesFromAFileAndIsNeverTold() {
        EtlHome home = new EtlHome(folder)
                .write("data/input/numbers.csv", Numbers.file(10))
                .write("secrets/spring.datasource.password", "geheim-db\n")
                .write("data/db/.keep", "")
                .job("numbers", Numbers.job(100).replace("process:", "retry: { attempts: 1 }\nprocess:"));
        Result configtree = started(home, "config: { import: \"configtree:secrets/\" }");
        assertThat(configtree.exitCode()).as(configtree.err()).isZero();
        List<String> broken = new ArrayList<>(List.of(
                datasource("password: geheim-wrong"),
                datasource("url: \"jdbc:oracle:thin:scott/geheim@h\""),
                datasource("url: \"jdbc:h2:file:./data/db/x;PASSWORD=geheim;NONE=geheim\""),
                datasource("password: \"geheim")));
        for (TestDatabase database : List.of(TestDatabase.POSTGRESQL_NEWEST, TestDatabase.MARIADB_NEWEST)) {
            String url = database.server().url();
            broken.add(datasource("url: \"" + url + "\", username: geht, password: geheim-wrong"));
            broken.add(datasource("url: \"" + url + "?user=geht&password=geheim-url\""));
            broken.add(datasource("url: \"" + url.replaceAll(":\\d+/", ":1x/") + "?password=geheim-url\""));
        }
        for (String configuration : broken) {
            // A server of the tests may let everybody in.
            assertThat(started(home, configuration).exitCode()).isIn(0, 1, 2);
        }
        assertThat(leaks(home)).isEmpty();
    }

    private static String datasource(String properties) {
        return "datasource: { hikari: { connection-timeout: 300 }, " + properties + " }";
    }

    private static Result started(EtlHome home, String spring) {
        home.write("config/application.yml", "spring: { " + spring + " }\n");
        return run(home, "--debug", "--job.name=numbers");
    }

    private void job(EtlHome home, String name, String url) {
        home.job(name, Numbers.job("\"" + url.formatted(host) + "\"\n    attempts: 2", 100, "0", "append", ""));
    }

    private static Result run(EtlHome home, String... arguments) {
        return EtlProcess.start(home, ENVIRONMENT, arguments).await();
    }

    /** Greps what processes printed, the workspaces, and every text of every table. */
    private static void assertClean(EtlHome home) {
        List<String> leaks = leaks(home);
        home.texts().stream().filter(text -> text.contains(SECRET)).forEach(leaks::add);
        assertThat(leaks).isEmpty();
    }

    /** Greps what processes printed, and the workspaces. */
    private static List<String> leaks(EtlHome home) {
        List<String> leaks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home.root())) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(home.root().resolve("config"))
                            && !file.startsWith(home.root().resolve("secrets")))
                    .forEach(file -> {
                        if (file.toString().contains(SECRET)) {
                            leaks.add("the name " + file);
                        }
                        bytes(file)
                                .lines()
                                .filter(line -> line.contains(SECRET))
                                .forEach(line -> leaks.add(file.getFileName() + ": " + line));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return leaks;
    }

    /** As Latin-1, in which every file is text; the database's file is among them. */
    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
