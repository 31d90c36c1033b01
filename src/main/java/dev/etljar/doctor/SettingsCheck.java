package dev.etljar.doctor;

import java.util.ArrayList;
import java.util.List;

/** The database's settings. */
record SettingsCheck(Site site) implements Check {

    @Override
    public List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        for (Hazard hazard : site.rules().hazards()) {
            site.jdbc().queryForList(hazard.query(), String.class).stream()
                    .findFirst()
                    .ifPresent(value -> findings.add(hazard.finding(value, site.where())));
        }
        return findings;
    }
}
