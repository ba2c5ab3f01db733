package io.suimon.engine.directory;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DistinguishedNameTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            jack                    | cn=jack,dc=x
            jäck                    | cn=jäck,dc=x
            a b                     | cn=a b,dc=x
            ` a `                   | cn=\\\\ a\\\\ ,dc=x
            ` `                     | cn=\\\\ ,dc=x
            #a#                     | cn=\\\\#a#,dc=x
            admin,dc=x              | cn=admin\\\\,dc\\\\=x,dc=x
            a+cn=b                  | cn=a\\\\+cn\\\\=b,dc=x
            a\\\\                   | cn=a\\\\\\\\,dc=x
            "<>;                    | cn=\\\\"\\\\<\\\\>\\\\;,dc=x
            """)
    void whatIsSpecialInANameIsNotInAValue(String value, String expected) {
        assertThat(DistinguishedName.below("dc=x", "cn", value.replace("\\\\", "\\")))
                .isEqualTo(expected.replace("\\\\", "\\"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0, \\00", "10, \\0A", "31, \\1F", "127, \\7F"})
    void controlCharactersAreWrittenAsNumbers(int character, String expected) {
        assertThat(DistinguishedName.below("dc=x", "cn", "a" + (char) character + "b"))
                .isEqualTo("cn=a" + expected + "b,dc=x");
    }

    @Property(tries = 2000)
    void anotherReaderFindsTheValueAsItWas(@ForAll @NotEmpty String value) throws InvalidNameException {
        var name = new LdapName(DistinguishedName.below("ou=a,dc=x", "cn", value));

        assertThat(name.size()).isEqualTo(3);
        assertThat(name.getRdn(2).size()).isEqualTo(1);
        assertThat(name.getRdn(2).getType()).isEqualTo("cn");
    }
}
