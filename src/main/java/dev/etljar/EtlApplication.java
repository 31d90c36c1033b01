package dev.etljar;

import dev.etljar.command.EtlCommand;

/** Main only. */
public final class EtlApplication {

    private EtlApplication() {}

    public static void main(String[] args) {
        // Both before any class of H2 is loaded. Its automatic server would listen on all interfaces.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        // Its cache of values costs a load more than it saves: what is loaded is seldom there twice.
        System.setProperty("h2.objectCache", "false");
        // From Java 22 on, System.console() answers also where there is no terminal, unless this is set.
        System.setProperty("jdk.console", "java.base");
        System.exit(EtlCommand.execute(args));
    }
}
