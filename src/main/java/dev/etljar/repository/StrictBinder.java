package dev.etljar.repository;

import dev.etljar.text.NearestName;
import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;

/**
 * Binds all properties below a prefix. One that nobody reads is a misspelled one: passed over in silence, it would send a load
 * elsewhere. Environment variables and system properties are passed over, as they may be anybody's.
 */
record StrictBinder(Binder binder) {

    /**
     * The type's properties below the prefix; empty where there are none.
     *
     * @throws IllegalArgumentException where there are others
     */
    <T> Optional<T> bind(String prefix, Bindable<T> type) {
        try {
            BindResult<T> result = binder.bind(
                    prefix,
                    type,
                    new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
            return result.isBound() ? Optional.of(result.get()) : Optional.empty();
        } catch (BindException e) {
            if (e.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
                ConfigurationProperty first =
                        unbound.getUnboundProperties().iterator().next();
                throw new IllegalArgumentException(
                        message(first, prefix, type.getType().resolve(Object.class)));
            }
            throw e;
        }
    }

    /** Without what comes after a password's key: in {@code { username: sa, password=secret }} that is the password. */
    private static String message(ConfigurationProperty unknown, String prefix, Class<?> type) {
        String name = unknown.getName().toString().replaceFirst("(\\.password).+", "$1…");
        int below = ConfigurationPropertyName.of(prefix).getNumberOfElements();
        String suggestion = NearestName.of(unknown.getName().subName(below).toString(), names(type))
                .map(near -> ", did you mean '" + prefix + "." + near + "'?")
                .orElse("");
        return place(unknown) + "there is no property '" + name + "'" + suggestion;
    }

    private static String place(ConfigurationProperty property) {
        return property.getOrigin() instanceof PropertySourceOrigin source
                        && source.getOrigin() instanceof TextResourceOrigin text
                        && text.getResource() != null
                ? text.getResource().getFilename() + line(text.getLocation()) + ": "
                : "";
    }

    /** Lines and columns of an origin count from 0. */
    private static String line(TextResourceOrigin.@Nullable Location location) {
        return location == null ? "" : ", line " + (location.getLine() + 1) + ", column " + (location.getColumn() + 1);
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
                .filter(property -> property.getWriteMethod() != null)
                .map(PropertyDescriptor::getName)
                .map(DataObjectPropertyName::toDashedForm)
                .toList();
    }
}
