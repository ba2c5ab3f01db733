package io.suimon.process;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NeutralLocaleTest {

    private final Locale own = Locale.getDefault();

    @AfterEach
    void goBack() {
        Locale.setDefault(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "ar-EG", "hi-IN-u-nu-deva", "tr-TR", "de-DE"})
    void numbersAndNamesAreWrittenAlikeEverywhere(String machines) {
        Locale.setDefault(Locale.forLanguageTag(machines));

        NeutralLocale.use();

        assertThat("%d %.1f %s".formatted(1234567890, 0.5, "TITLE".toLowerCase(Locale.getDefault())))
                .isEqualTo("1234567890 0.5 title");
    }
}
