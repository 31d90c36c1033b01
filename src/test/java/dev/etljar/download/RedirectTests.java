package dev.etljar.download;

import static dev.etljar.download.LoopbackServer.ok;
import static dev.etljar.download.LoopbackServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.etljar.download.LoopbackServer.Request;
import dev.etljar.run.InputFile;
import dev.etljar.run.RunFailedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTests extends DownloadTestCase {

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("me:ge@heim".getBytes(StandardCharsets.UTF_8));

    @Test
    void userInfoBecomesAHeaderAndIsNotInTheSource() {
        try (LoopbackServer server = new LoopbackServer(ok("a"))) {
            InputFile file = step(source(server.url("me:ge%40heim@", "/a.csv")))
                    .run()
                    .files()
                    .get(0);

            assertThat(server.requests).extracting(Request::authorization).containsExactly(BASIC);
            assertThat(file.source()).isEqualTo(server.url("/a.csv"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsFollowedAndTheNameStaysTheOneAskedFor(int status) {
        try (LoopbackServer server = new LoopbackServer(status(status, "Location", "../b/blob-17?signed"), ok("a"))) {
            InputFile file = step(source(server.url("me:ge%40heim@", "/a/a.csv")))
                    .run()
                    .files()
                    .get(0);

            assertThat(file.name()).isEqualTo("a.csv");
            assertThat(file.source()).isEqualTo(server.url("/a/a.csv"));
            assertThat(server.requests).extracting(Request::path).containsExactly("/a/a.csv", "/b/blob-17?signed");
            assertThat(server.requests).extracting(Request::authorization).containsExactly(BASIC, BASIC);
        }
    }

    @Test
    void credentialsStayWithTheHostTheyAreFor() {
        try (LoopbackServer other = new LoopbackServer(ok("a"));
                LoopbackServer server =
                        new LoopbackServer(status(302, "Location", other.url("you:secret@", "/b.csv")))) {
            assertThat(step(source(server.url("me:ge%40heim@", "/a.csv"))).run().size())
                    .isEqualTo(1);

            assertThat(server.requests).extracting(Request::authorization).containsExactly(BASIC);
            assertThat(other.requests)
                    .singleElement()
                    .extracting(Request::authorization)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/a", "file:///etc/passwd", "http://ge heim@/"})
    void aRedirectToSomethingElseIsNotFollowed(String location) {
        try (LoopbackServer server = new LoopbackServer(status(302, "Location", location), ok("a"))) {
            assertThatThrownBy(() -> step(source(server.url("/a.csv"))).run())
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("trying again will not help")
                    .hasMessageNotContaining("heim");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aCircleOfRedirectsEnds() {
        try (LoopbackServer server = new LoopbackServer(status(302, "Location", "/a.csv"))) {
            assertThatThrownBy(() -> step(source(server.url("/a.csv"))).run())
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("redirects more than 10 times");
        }
    }
}
