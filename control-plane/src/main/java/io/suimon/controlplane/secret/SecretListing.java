package io.suimon.controlplane.secret;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every reference in the configuration and how it stands, at one moment; its JSON is what people are shown. Times are ISO 8601, in UTC.
 *
 * @param pending how many are in that state, as the three after it
 * @param references by their text
 */
public record SecretListing(long pending, long resolved, long stale, long failed, List<Listed> references) {

    /**
     * One reference.
     *
     * @param reference as it is written; never its value
     * @param since when the state came about
     * @param reason why it is not resolved; null when it is
     * @param usedBy resources it stands in, the first of them
     * @param usedByTotal how many there are
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(
            String reference,
            String state,
            String since,
            @Nullable String reason,
            List<String> usedBy,
            int usedByTotal) {

        public Listed {
            usedBy = List.copyOf(usedBy);
        }
    }

    public SecretListing {
        references = List.copyOf(references);
    }
}
