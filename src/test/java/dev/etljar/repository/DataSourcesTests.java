package dev.etljar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourcesTests {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db1:5433/etl?user=ada&password=s3cret, jdbc:postgresql://db1:5433/etl",
        "jdbc:h2:file:./data/db/etl;PASSWORD=s3cret, jdbc:h2:file:./data/db/etl",
        "jdbc:mariadb://ada:s3?cret@db1/etl, jdbc:mariadb://***@db1/etl",
        "jdbc:mariadb://ada:s3;cret@db1/etl?password=s3cret, jdbc:mariadb://***@db1/etl"
    })
    void theAddressThatIsToldHoldsNoPassword(String url, String address) {
        assertThat(DataSources.address(url)).isEqualTo(address);
    }
}
