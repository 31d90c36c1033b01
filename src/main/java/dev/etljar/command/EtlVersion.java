package dev.etljar.command;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class EtlVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = EtlVersion.class.getPackage().getImplementationVersion();
        return new String[] {"etl.jar " + (version == null ? "(not packaged)" : version)};
    }
}
