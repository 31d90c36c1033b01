package dev.etljar.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http://me:geheim@h/a | http://***@h/a",
                "at 'https://me:ge/he@im@h:1/a' | at 'https://***@h:1/a'",
                "https://h/a.csv?X-Amz-Signature=1&b=2 was | https://h/a.csv?*** was",
                "jdbc:postgresql://h/db?user=me&password=geheim | jdbc:postgresql://h/db?***",
                "jdbc:h2:file:./a;PASSWORD=geheim;X=1 | jdbc:h2:file:./a;PASSWORD=***;X=1",
                "jdbc:oracle:thin:scott/geheim@h | jdbc:oracle:thin:***@h",
                "password: \"geheim\" | password: ***",
                "api-token='geheim heim', b=1 | api-token=***, b=1",
                "https://h/a.csv, a?b, x=1 | https://h/a.csv, a?b, x=1",
            })
    void masksWhatIsSecretAndNothingElse(String text, String masked) {
        assertThat(Secrets.masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password", "PASSWORD", "dbPassword", "sftp.pass", "api-token", "token", "secret_2", "apiKey"})
    void nameTellsASecret(String name) {
        assertThat(Secrets.isNameOfOne(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"date", "region", "passenger", "key", "tokenizer", "passes"})
    void nameTellsNone(String name) {
        assertThat(Secrets.isNameOfOne(name)).isFalse();
    }
}
