package dev.etljar;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Main only. */
@SpringBootApplication
public class EtlApplication {

    private EtlApplication() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
