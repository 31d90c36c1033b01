package dev.etljar.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "**              | a/b/c.csv   | true",
                "*               | a/b/c.csv   | true",
                "*.csv           | c.csv       | true",
                "*.csv           | a/b/c.csv   | true",
                "*.csv           | a.csv/b     | false",
                "*.csv           | c.CSV       | false",
                "*.csv           | cXcsv       | false",
                "a/*.csv         | a/c.csv     | true",
                "a/*.csv         | a/b/c.csv   | false",
                "a/*.csv         | x/a/c.csv   | false",
                "a/**/c.csv      | a/c.csv     | true",
                "a/**/c.csv      | a/x/y/c.csv | true",
                "a/**/c.csv      | a/xc.csv    | false",
                "**/c.csv        | c.csv       | true",
                "a/**            | a/b/c.csv   | true",
                "a/**            | ab/c.csv    | false",
                "?.csv           | c.csv       | true",
                "?.csv           | größe.csv   | false",
                "größ?.csv       | größe.csv   | true",
                "[a-c].csv       | b.csv       | true",
                "[!a-c].csv      | b.csv       | false",
                "[!a-c].csv      | d.csv       | true",
                "a[!b]c          | a/c         | false",
                "[a^].csv        | ^.csv       | true",
                "{a,b*}.{csv,txt}| bx.txt      | true",
                "{a,b}.csv       | c.csv       | false",
                "a,b.csv         | a,b.csv     | true",
                "a\\*.csv        | a*.csv      | true",
                "a\\*.csv        | ab.csv      | false",
                "a+(1).csv       | a+(1).csv   | true",
            })
    void matches(String glob, String path, boolean expected) {
        assertThat(Glob.of(glob).matches(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "{a", "a}", "a\\", "[z-a]"})
    void whatIsNoGlobIsRefusedWithItsText(String glob) {
        assertThatThrownBy(() -> Glob.of(glob))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + glob + "'");
    }
}
