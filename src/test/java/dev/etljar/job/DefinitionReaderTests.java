package dev.etljar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.etljar.csv.CsvDefinition;
import dev.etljar.database.ColumnType;
import dev.etljar.definition.DefinitionException;
import dev.etljar.download.DownloadDefinition;
import dev.etljar.extract.ExtractDefinition;
import dev.etljar.finalize.FinalizeDefinition;
import dev.etljar.process.LoadDefinition;
import dev.etljar.process.ProcessDefinition;
import dev.etljar.process.RejectsDefinition;
import dev.etljar.row.ColumnDefinition;
import dev.etljar.row.SourceField;
import dev.etljar.validate.RuleDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DefinitionReaderTests {

    private static final String SMALL = """
            download: [{ url: a.csv }]
            process: { loads: [{ files: a.csv, table: a }] }
            """;

    private static final String EVERY_KEY = """
            description: 2026
            target: warehouse
            retry: { attempts: 3, pause: 200ms, max-pause: 10s }
            download:
              - url: https://example.org/${date}.zip
                sha256: ${sha}
                connect-timeout: 500ms
                read-timeout: 2h
                attempts: 7
            extract:
              include: ["*.csv", "**/*.txt"]
              max-entries: 10
              max-size: 64MB
              max-ratio: 50
            process:
              checkpoint-every: 1000
              parallelism: 3
              range-size: 64KB
              loads:
                - name: strikes
                  after: []
                  files: "*.csv"
                  format: csv
                  csv:
                    delimiter: "\\t"
                    quote: "'"
                    escape: "\\\\"
                    header: false
                    charset: windows-1252
                    null-values: ["", 0, "NULL", n/a, yes]
                  table: public.strikes
                  create: true
                  key: [id]
                  load-id-column: loaded_by
                  columns:
                    - name: id
                      from: 1
                      type: decimal( 12 , 2 )
                      required: true
                      default: 007
                      trim: TRUE
                      null-values: []
                      min: 1.50
                      max: 1e3
                      pattern: "[0-9]+"
                      one-of: [1, 007, 2.0]
                    - { name: seen, from: 2, type: timestamp, format: yyyy-MM-dd HH, zone: Europe/Berlin }
                  rejects: { max: 100 }
            validate:
              - { rule: row-count, table: public.strikes, min: 1, max: 9223372036854775807, severity: warn }
              - { rule: not-null, table: public.strikes, columns: [id], severity: error }
              - { rule: unique, table: public.strikes, columns: [id], severity: warn }
              - { rule: accepted-values, table: public.strikes, column: id, values: [1, yes, 1.0], severity: warn }
              - { rule: range, table: public.strikes, column: id, min: -1.5, max: 1e3, severity: warn }
              - { rule: relationship, table: public.strikes, column: id, references: other(id), severity: warn }
              - rule: sql
                query: |
                  select count(*)
                  from ${table:public.strikes}
                expect: -1
                severity: warn
            finalize:
              publish: upsert
              key: [id]
              keep: 5
              archive: data/archive
            approve: { before: FINALIZE, expires: 2d }
            """;

    @TempDir
    Path home;

    @Test
    void anApprovalHasAShortAndALongForm() throws IOException {
        write("short.yml", SMALL + "approve: before FINALIZE\n");
        write("long.yml", SMALL + "approve: { before: VALIDATE, expires: 2d }\n");
        assertThat(read("short").approve()).isEqualTo(new ApproveDefinition("FINALIZE", null));
        assertThat(read("long").approve()).isEqualTo(new ApproveDefinition("VALIDATE", Duration.ofDays(2)));
    }

    @Test
    void whatIsNotWrittenHasItsDefault() throws IOException {
        write("small.yml", SMALL);

        JobDefinition small = read("small");

        assertThat(small)
                .isEqualTo(new JobDefinition(
                        null,
                        null,
                        new RetryDefinition(5, Duration.ofSeconds(1), Duration.ofMinutes(1)),
                        List.of(new DownloadDefinition(
                                "a.csv", null, Duration.ofSeconds(10), Duration.ofSeconds(60), 5)),
                        new ExtractDefinition(List.of("**"), 10_000, DataSize.ofGigabytes(100), 200),
                        new ProcessDefinition(
                                5000,
                                null,
                                DataSize.ofMegabytes(4),
                                List.of(new LoadDefinition(
                                        "a",
                                        List.of(),
                                        "a.csv",
                                        LoadDefinition.Format.CSV,
                                        new CsvDefinition(",", "\"", "none", true, StandardCharsets.UTF_8, List.of("")),
                                        "a",
                                        false,
                                        List.of(),
                                        "_load_id",
                                        List.of(),
                                        new RejectsDefinition("0")))),
                        List.of(),
                        new FinalizeDefinition(FinalizeDefinition.Mode.APPEND, List.of(), 2, null),
                        null));
    }

    @Test
    void everyKeyReachesItsComponent() throws IOException {
        write("all.yml", EVERY_KEY);

        JobDefinition all = read("all");

        RuleDefinition.Severity warn = RuleDefinition.Severity.WARN;
        List<String> id = List.of("id");
        String table = "public.strikes";
        assertThat(all.description()).isEqualTo("2026");
        assertThat(all.target()).isEqualTo("warehouse");
        assertThat(all.retry()).isEqualTo(new RetryDefinition(3, Duration.ofMillis(200), Duration.ofSeconds(10)));
        assertThat(all.download())
                .containsExactly(new DownloadDefinition(
                        "https://example.org/${date}.zip", "${sha}", Duration.ofMillis(500), Duration.ofHours(2), 7));
        assertThat(all.extract())
                .isEqualTo(new ExtractDefinition(List.of("*.csv", "**/*.txt"), 10, DataSize.ofMegabytes(64), 50));
        assertThat(all.process())
                .isEqualTo(
                        new ProcessDefinition(1000, 3, DataSize.ofKilobytes(64), List.of(everyKeyOfALoad(table, id))));
        assertThat(all.validate())
                .containsExactly(
                        new RuleDefinition.RowCount(table, 1L, Long.MAX_VALUE, warn),
                        new RuleDefinition.NotNull(table, id, RuleDefinition.Severity.ERROR),
                        new RuleDefinition.Unique(table, id, warn),
                        new RuleDefinition.AcceptedValues(table, "id", List.of("1", "yes", "1.0"), warn),
                        new RuleDefinition.Range(table, "id", new BigDecimal("-1.5"), new BigDecimal("1e3"), warn),
                        new RuleDefinition.Relationship(table, "id", "other(id)", warn),
                        new RuleDefinition.Sql("select count(*)\nfrom ${table:public.strikes}\n", -1, warn));
        assertThat(all.finalization())
                .isEqualTo(new FinalizeDefinition(FinalizeDefinition.Mode.UPSERT, id, 5, "data/archive"));
    }

    @Test
    void aLoadIsAfterOthersByTheirNames() throws IOException {
        write("after.yml", """
                download: [{ url: a.zip }]
                process:
                  loads:
                    - { files: a.csv, table: a }
                    - { files: b.csv, table: public.b, after: [a] }
                    - { files: c.csv, table: c, name: third, after: [public.b, a] }
                    - { files: d.csv, table: d }
                """);

        JobDefinition definition = read("after");

        assertThat(definition.process().loads())
                .extracting(LoadDefinition::after)
                .containsExactly(List.of(), List.of("a"), List.of("public.b", "a"), List.of());
        assertThat(DefinitionText.of("after", definition))
                .contains("  order: a, d -> public.b -> third, at most ")
                .contains("    public.b begins when a is complete")
                .contains("    third begins when public.b, a are complete");
    }

    /** However long it is: nothing recurs. */
    @Test
    void aLongChainOfLoadsIsRead() throws IOException {
        int count = 2_000;
        StringBuilder yaml = new StringBuilder("download: [{ url: a.zip }]\nprocess:\n  loads:\n");
        for (int i = 0; i < count; i++) {
            yaml.append("  - { files: a.csv, table: t")
                    .append(i)
                    .append(", after: [t")
                    .append((i + 1) % count)
                    .append("] }\n");
        }
        write("chain.yml", yaml.toString());

        assertThatThrownBy(() -> read("chain")).hasMessageContaining("chain.yml:4:40: the loads wait for each other: ");

        write("chain.yml", yaml.toString().replace(", after: [t0]", ""));

        assertThat(read("chain").process().loads()).hasSize(count);
    }

    private static LoadDefinition everyKeyOfALoad(String table, List<String> id) {
        return new LoadDefinition(
                "strikes",
                List.of(),
                "*.csv",
                LoadDefinition.Format.CSV,
                new CsvDefinition(
                        "\t",
                        "'",
                        "\\",
                        false,
                        Charset.forName("windows-1252"),
                        List.of("", "0", "NULL", "n/a", "yes")),
                table,
                true,
                id,
                "loaded_by",
                List.of(
                        new ColumnDefinition(
                                "id",
                                new SourceField.Numbered(1),
                                new ColumnType(ColumnType.Kind.DECIMAL, 12, 2),
                                true,
                                "007",
                                true,
                                List.of(),
                                null,
                                null,
                                "1.50",
                                "1e3",
                                "[0-9]+",
                                List.of("1", "007", "2.0")),
                        new ColumnDefinition(
                                "seen",
                                new SourceField.Numbered(2),
                                new ColumnType(ColumnType.Kind.TIMESTAMP, 0, 0),
                                false,
                                null,
                                false,
                                null,
                                "yyyy-MM-dd HH",
                                ZoneId.of("Europe/Berlin"),
                                null,
                                null,
                                null,
                                List.of())),
                new RejectsDefinition("100"));
    }

    @Test
    void theDefinitionAboveHasEveryKeyThereIs() {
        Set<String> written = new TreeSet<>();
        keys(YAMLMapper.shared().readTree(EVERY_KEY), written);
        Set<String> known = new TreeSet<>();
        JsonMapper.shared()
                .readTree(Path.of("config/job.schema.json").toFile())
                .findValues("properties")
                .forEach(properties -> known.addAll(properties.propertyNames()));

        assertThat(written).containsExactlyInAnyOrderElementsOf(known);
    }

    private static void keys(JsonNode node, Set<String> keys) {
        keys.addAll(node.propertyNames());
        node.forEach(part -> keys(part, keys));
    }

    @Test
    void aNullableKeyMayBeWrittenWithNothing() throws IOException {
        write("small.yml", "description:\n" + SMALL.replace("url: a.csv", "url: a.csv, sha256: ~"));

        assertThat(read("small").description()).isNull();
        assertThat(read("small").download().get(0).sha256()).isNull();
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoError() throws IOException {
        write("windows.yml", "\uFEFF" + SMALL.replace("\n", "\r\n"));

        assertThat(read("windows").download()).hasSize(1);
    }

    @Test
    void aHeaderThatIsANumberIsQuoted() throws IOException {
        write("small.yml", SMALL.replace("table: a", "table: a, columns: [{ name: a, from: \"2024\" }]"));

        assertThat(read("small").process().loads().get(0).columns().get(0).from())
                .isEqualTo(new SourceField.Named("2024"));
    }

    @Test
    void aRuleMayNameATableOfTheDatabaseAndColumnsOfAHeader() throws IOException {
        write("small.yml", SMALL + """
                validate:
                  - { rule: relationship, table: a, column: anything, references: public.other(id) }
                  - { rule: range, table: a, column: anything, max: 1 }
                  - { rule: sql, query: select 1, expect: 1 }
                """);

        assertThat(read("small").validate()).hasSize(3);
    }

    @Test
    void jobsAreTheYamlFilesOfTheFolder() throws IOException {
        assertThat(new DefinitionReader(home).names()).isEmpty();
        write("nightly.yaml", SMALL);
        write("import.yml", SMALL);
        write("import.yml~", SMALL);
        write(".hidden.yml", SMALL);
        write("README.md", "");
        Files.createDirectory(home.resolve("config/jobs/folder.yml"));

        assertThat(new DefinitionReader(home).names()).containsExactly("import", "nightly");
        assertThat(read("nightly").download()).hasSize(1);
    }

    @Test
    void anUnknownJobIsAnsweredWithTheNearestAndAll() throws IOException {
        assertThat(refusal("import"))
                .containsExactly("config/jobs/import.yml: there is no such file. There are no jobs in config/jobs.");
        write("import.yml", SMALL);
        write("nightly.yaml", SMALL);

        assertThat(refusal("improt"))
                .containsExactly("config/jobs/improt.yml: there is no such file, did you mean job 'import'? "
                        + "The jobs in config/jobs are import, nightly.");
        assertThat(refusal("weekly"))
                .containsExactly("config/jobs/weekly.yml: there is no such file. "
                        + "The jobs in config/jobs are import, nightly.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../secret", "a/b", "a\\b", "/etc/passwd", ".hidden", "-x", "a\u0000", "ä"})
    void aNameThatCouldLeaveTheFolderIsNoName(String name) throws IOException {
        write("../secret.yml", SMALL);

        assertThat(refusal(name)).singleElement().asString().contains("is no job's name");
    }

    @Test
    void ofTwoFilesForOneJobNoneIsTaken() throws IOException {
        write("import.yml", SMALL);
        write("import.yaml", SMALL);

        assertThat(refusal("import"))
                .containsExactly("config/jobs/import.yaml: there is config/jobs/import.yml too; keep one of them");
    }

    @Test
    void aFileOverTheLimitIsRefused() throws IOException {
        String limit = SMALL + "\n".repeat((1 << 20) - SMALL.length());
        write("full.yml", limit);
        write("fuller.yml", limit + "#");

        assertThat(read("full").download()).hasSize(1);
        assertThat(refusal("fuller"))
                .containsExactly("config/jobs/fuller.yml:1:1: the file is larger than 1048576 bytes, "
                        + "which no definition needs");
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace() throws IOException {
        write("latin.yml", "# é\ndescription: é");
        Path file = home.resolve("config/jobs/latin.yml");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(refusal("latin"))
                .containsExactly("config/jobs/latin.yml:2:14: the file is not UTF-8, see byte 0xC3");

        Files.writeString(file, "# é\ndescription: é", StandardCharsets.ISO_8859_1);
        assertThat(refusal("latin")).containsExactly("config/jobs/latin.yml:1:3: the file is not UTF-8, see byte 0xE9");
    }

    @Test
    void charactersThatNoEditorShowsAreRefused() throws IOException {
        write("bell.yml", SMALL + "description: 'a\u0007'\n");

        assertThat(refusal("bell")).containsExactly("config/jobs/bell.yml:3:16: the character U+0007 is not allowed");
    }

    @Test
    void anAliasBombIsRefusedAtItsFirstAnchor() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
        }
        write("bomb.yml", bomb.toString());

        assertThat(refusal("bomb"))
                .containsExactly("config/jobs/bomb.yml:1:5: anchors (&name) are not allowed; write it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "- ", "{a: "})
    void deepNestingIsRefused(String level) throws IOException {
        write("deep.yml", level.repeat(10_000));

        assertThat(refusal("deep")).singleElement().asString().endsWith(": nested more than 20 deep");
    }

    @Test
    void aLongListOfNonsenseIsRefusedAsAWhole() throws IOException {
        write("long.yml", "- a\n".repeat(20_000));

        assertThat(refusal("long"))
                .containsExactly("config/jobs/long.yml:1:1: the definition must be a mapping (key: value), not a list");
    }

    @Test
    void aThousandErrorsAreEnough() throws IOException {
        write("wrong.yml", SMALL + "validate:\n" + "- {}\n".repeat(20_000));

        assertThat(refusal("wrong"))
                .hasSize(1_001)
                .startsWith("config/jobs/wrong.yml:4:3: missing key 'rule': one of accepted-values, not-null, range, "
                        + "relationship, row-count, sql, unique")
                .endsWith("config/jobs/wrong.yml: there are more errors than these 1000");
    }

    private void write(String name, String yaml) throws IOException {
        Path folder = Files.createDirectories(home.resolve("config/jobs"));
        Files.writeString(folder.resolve(name), yaml, StandardCharsets.UTF_8);
    }

    private JobDefinition read(String name) {
        return new DefinitionReader(home).read(name);
    }

    private List<String> refusal(String name) {
        DefinitionException refused = catchThrowableOfType(DefinitionException.class, () -> read(name));
        assertThat(refused).isNotNull();
        return refused.errors();
    }
}
