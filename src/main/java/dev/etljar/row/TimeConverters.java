package dev.etljar.row;

import dev.etljar.csv.UnfitException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dates, times and timestamps, in ISO 8601 or a format of the user's. Strict: there is no 31 February. Names of months and days are
 * English, in any case. {@code yyyy} means the same as {@code uuuu}.
 *
 * <p>A timestamp is a local one. Where the text names an offset or a zone, or the column has a zone, it is the local one of UTC; of
 * the two that an hour has when clocks are put back it is the earlier.
 */
final class TimeConverters {

    private static final Set<String> ISO_DATES = Set.of("yyyy-MM-dd", "uuuu-MM-dd");
    private static final ZonedDateTime SAMPLE =
            LocalDateTime.of(2026, 11, 23, 13, 14, 15, 123_456_789).atZone(ZoneId.of("Europe/Berlin"));

    private TimeConverters() {}

    /** @throws IllegalArgumentException where the format does not say which day it is */
    static ValueConverter date(@Nullable String format) {
        if (format != null && !ISO_DATES.contains(format)) {
            return formatted("date", format, LocalDate::from);
        }
        ValueConverter any = converter(DateTimeFormatter.ISO_LOCAL_DATE, "date such as 2026-11-23", LocalDate::from);
        return text -> {
            LocalDate date = text.length() == 10 ? isoDate(text) : null;
            return date == null ? any.convert(text) : date;
        };
    }

    /** @throws IllegalArgumentException where the format does not say which time of the day it is */
    static ValueConverter time(@Nullable String format) {
        return format == null
                ? converter(DateTimeFormatter.ISO_LOCAL_TIME, "time such as 13:14 or 13:14:15.5", LocalTime::from)
                : formatted("time", format, LocalTime::from);
    }

    /** @throws IllegalArgumentException where the format does not say which day and time it is */
    static ValueConverter timestamp(@Nullable String format, @Nullable ZoneId zone) {
        if (format != null) {
            return formatted("timestamp", format, parsed -> timestamp(parsed, zone));
        }
        String what = "timestamp such as 2026-11-23T13:14:15.5 or 2026-11-23 13:14+01:00";
        ValueConverter withT = converter(isoTimestamp('T'), what, parsed -> timestamp(parsed, zone));
        ValueConverter withSpace = converter(isoTimestamp(' '), what, parsed -> timestamp(parsed, zone));
        return text -> {
            boolean space = text.length() > 10 && text.charAt(10) == ' ';
            LocalDateTime plain = text.length() == 19 ? isoDateAndTime(text) : null;
            if (plain == null) {
                return (space ? withSpace : withT).convert(text);
            }
            return zone == null ? plain : inUtc(plain, zone);
        };
    }

    private interface Extraction {
        Object from(TemporalAccessor parsed) throws UnfitException;
    }

    private static ValueConverter converter(DateTimeFormatter formatter, String what, Extraction extraction) {
        return text -> {
            try {
                return extraction.from(formatter.parse(text));
            } catch (DateTimeException e) {
                throw new UnfitException("no " + what);
            }
        };
    }

    private static ValueConverter formatted(String type, String format, Extraction extraction) {
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(format);
        if (!type.equals("time")) {
            builder.parseDefaulting(ChronoField.ERA, 1); // without it, a strict 'yyyy' is the year of no era
        }
        DateTimeFormatter formatter = builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        ValueConverter converter = converter(formatter, type + " in the format " + format, extraction);
        String sample = formatter.format(SAMPLE);
        try {
            converter.convert(sample);
            return converter;
        } catch (UnfitException e) {
            throw new IllegalArgumentException("it does not say which " + type + " it is: '" + sample
                    + "' cannot be read back. Letters count: MM is the month, mm the minute, HH the hour of the day,"
                    + " hh needs a");
        }
    }

    private static DateTimeFormatter isoTimestamp(char separator) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(separator)
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .optionalStart()
                .parseLenient() // +01, +0100 and +01:00
                .appendOffset("+HH", "Z")
                .optionalEnd()
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static LocalDateTime timestamp(TemporalAccessor parsed, @Nullable ZoneId zone) throws UnfitException {
        LocalDateTime local = LocalDateTime.from(parsed);
        if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            return local.minusSeconds(parsed.get(ChronoField.OFFSET_SECONDS));
        }
        ZoneId named = parsed.query(TemporalQueries.zone());
        ZoneId known = named == null ? zone : named;
        return known == null ? local : inUtc(local, known);
    }

    private static LocalDateTime inUtc(LocalDateTime local, ZoneId zone) throws UnfitException {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw new UnfitException("there is no such time in " + zone + ", where clocks were put forward over it");
        }
        return local.minusSeconds(offsets.get(0).getTotalSeconds());
    }

    /** From {@code yyyy-MM-dd} at the text's start, or null for anything else: many times faster than a formatter, for most of all dates. */
    private static @Nullable LocalDate isoDate(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        if (year < 1 || month < 1 || day < 1 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** From {@code yyyy-MM-dd HH:mm:ss}, or with a T, or null for anything else. */
    private static @Nullable LocalDateTime isoDateAndTime(String text) {
        LocalDate date = isoDate(text);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean fits = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        boolean separated =
                (text.charAt(10) == 'T' || text.charAt(10) == ' ') && text.charAt(13) == ':' && text.charAt(16) == ':';
        return date != null && fits && separated ? date.atTime(hour, minute, second) : null;
    }

    /** The number of the digits from {@code from} to {@code to}, or -1. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
