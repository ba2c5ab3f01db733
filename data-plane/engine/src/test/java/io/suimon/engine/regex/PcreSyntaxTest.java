package io.suimon.engine.regex;

import io.suimon.engine.text.WireText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a pattern matches. Every row says what PCRE2 does. */
class PcreSyntaxTest {

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            (?P<n>b)\\1         ~ `` ~ bb   ~ bb
            (?P<n>b)(?P=n)      ~ `` ~ bb   ~ bb
            (?<a_b>x)\\k<a_b>   ~ `` ~ xx   ~ xx
            (?'n'x)\\k'n'       ~ `` ~ xx   ~ xx
            (?<n>x)\\k{n}\\g{n} ~ `` ~ xxx  ~ xxx
            (x)(y)\\g{-1}       ~ `` ~ xyy  ~ xyy
            (x)(y)\\g1\\g{2}    ~ `` ~ xyxy ~ xyxy
            (a)\\12             ~ `` ~ a\\n ~ a\\n
            (a)\\1\\Q2\\E       ~ `` ~ aa2  ~ aa2
            """)
    void knowsGroupsByNameAndByNumber(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            \\x{41}\\x41\\o{101}\\101 ~ `` ~ AAAA            ~ AAAA
            a\\xg                     ~ `` ~ a\\0g           ~ a\\0g
            a\\0b\\08                 ~ `` ~ a\\0b\\08       ~ a\\0b\\08
            \\ca\\cA\\e               ~ `` ~ \\001\\001\\033 ~ \\001\\001\\033
            [\\b][\\8]                ~ `` ~ \\b8            ~ \\b8
            [\\1-\\3]+                ~ `` ~ \\001\\002      ~ \\001\\002
            """)
    void knowsCharactersByTheirCodes(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a.b                  ~ `` ~ a\\rb  ~ a\\rb
            .                    ~ `` ~ \\n    ~
            .                    ~ s  ~ \\n    ~ \\n
            a\\Nb                ~ s  ~ a\\nb  ~
            \\N{2}               ~ `` ~ ab     ~ ab
            \\h+\\H              ~ `` ~ a\\tb  ~ \\tb
            \\v\\V               ~ `` ~ \\013a ~ \\013a
            \\R(?!\\n)           ~ `` ~ \\r\\n ~ \\r\\n
            \\R\\n               ~ `` ~ \\r\\n ~
            \\pL\\p{Lu}\\p{L&}   ~ `` ~ aBc    ~ aBc
            \\p{^L}\\P{L}\\P{^L} ~ `` ~ 12a    ~ 12a
            [\\p{Any}]\\p{Any}   ~ `` ~ a\\n   ~ a\\n
            """)
    void knowsKindsOfCharacters(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a$    ~ `` ~ a\\n  ~ a
            a$    ~ `` ~ a\\nb ~
            a$    ~ m  ~ a\\nb ~ a
            a\\z  ~ `` ~ a\\n  ~
            a\\Z  ~ m  ~ a\\n  ~ a
            ^b    ~ `` ~ a\\nb ~
            ^b    ~ m  ~ a\\nb ~ b
            ^b    ~ m  ~ a\\rb ~
            \\Ab  ~ m  ~ a\\nb ~
            a\\b{ ~ `` ~ a{    ~ a{
            """)
    void knowsPlacesInLines(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            [[a]+                   ~ `` ~ a[     ~ a[
            []x]+                   ~ `` ~ x]     ~ x]
            [^]x]+                  ~ `` ~ a]b    ~ a
            [a&&b]+                 ~ `` ~ &b     ~ &b
            [a^-]+                  ~ `` ~ -^     ~ -^
            [0-9-_]+                ~ `` ~ 1-_    ~ 1-_
            [a\\]\\\\]+             ~ `` ~ ]\\\\  ~ ]\\\\
            [\\Q]^-\\E]+            ~ `` ~ -]^    ~ -]^
            [^\\D5]+                ~ `` ~ a125   ~ 12
            [\\h\\d]+               ~ `` ~ a 1    ~ ` 1`
            [[:alpha:]_]+           ~ `` ~ 1a_    ~ a_
            [[:^digit:]]+           ~ `` ~ 1a_    ~ a_
            [^[:space:][:punct:]]+  ~ `` ~ ` .ab` ~ ab
            [[:lower:]]+            ~ i  ~ aB     ~ aB
            [[:ascii:]][[:xdigit:]] ~ `` ~ xF     ~ xF
            [[:word:]]              ~ `` ~ é      ~
            [[:alpha]+              ~ `` ~ l:[    ~ l:[
            [a b#]+                 ~ x  ~ a #b   ~ a #b
            """)
    void takesBracketsForWhatPcreTakesThem(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            \\Qa.b\\E+ ~ `` ~ a.bb   ~ a.bb
            \\Qa|b     ~ `` ~ a|b    ~ a|b
            a\\E+      ~ `` ~ aa     ~ aa
            \\Qa b\\E  ~ x  ~ a b    ~ a b
            /{id}/     ~ `` ~ /{id}/ ~ /{id}/
            a{2}       ~ `` ~ aaa    ~ aa
            a{01,}     ~ `` ~ aaa    ~ aaa
            a{,2}      ~ `` ~ a{,2}  ~ a{,2}
            a{1,x}     ~ `` ~ a{1,x} ~ a{1,x}
            a}]        ~ `` ~ a}]    ~ a}]
            """)
    void takesQuotesAndLoneBracesLiterally(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a+?b??               ~ `` ~ aab  ~ a
            a*+a                 ~ `` ~ aaa  ~
            (?>a+)a              ~ `` ~ aaa  ~
            a{1,2}+a             ~ `` ~ aaa  ~ aaa
            a{2}?a               ~ `` ~ aaa  ~ aaa
            (?<=a|bc)d(?=e)(?!f) ~ `` ~ bcde ~ d
            """)
    void isGreedyOrNot(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            (?i)A       ~ `` ~ a      ~ a
            (?i:A)b     ~ `` ~ aB     ~
            (a(?i)b|c)d ~ `` ~ Cd     ~ Cd
            (a(?i)b)c   ~ `` ~ aBC    ~
            (?-i)A      ~ i  ~ a      ~
            (?^)A       ~ i  ~ a      ~
            (?^i:A.)    ~ s  ~ a\\n   ~
            (?^i:A)     ~ `` ~ a      ~ a
            (?s).(?-s). ~ `` ~ \\n\\n ~
            (?s-i:.A)   ~ i  ~ \\na   ~
            (?m)^b      ~ `` ~ a\\nb  ~ b
            (?) (?-)a   ~ `` ~ ` a`   ~ ` a`
            """)
    void switchesFlagsWithinAPattern(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a(?#b)+        ~ `` ~ aa   ~ aa
            a+(?#b)+a      ~ `` ~ aa   ~
            (?x: a b )\\ c ~ `` ~ ab c ~ ab c
            (?x)a(?-x) b   ~ `` ~ a b  ~ a b
            a + + a        ~ x  ~ aa   ~
            (a)\\1 1       ~ x  ~ aa1  ~ aa1
            a\\ \\#        ~ x  ~ a #  ~ a #
            a # b          ~ x  ~ ab   ~ a
            """)
    void passesOverBlanksAndComments(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @ParameterizedTest(name = "{0} [{1}] on {2}: {3}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ^.$                                   ~ `` ~ é   ~
            ^.$                                   ~ u  ~ é   ~ é
            É                                     ~ i  ~ é   ~
            É                                     ~ iu ~ é   ~ é
            \\xc3\\x{a9}                          ~ `` ~ é   ~ é
            \\x{e9}\\N{U+e9}                      ~ u  ~ éé  ~ éé
            [😀-😎]+                                ~ u  ~ 😅   ~ 😅
            \\w                                   ~ u  ~ é   ~
            \\p{Greek}\\p{Script=Greek}\\p{alpha} ~ u  ~ αβγ ~ αβγ
            """)
    void matchesBytesUnlessToldToMatchCharacters(String pattern, String flags, String text, @Nullable String expected) {
        assertThat(matched(pattern, flags, text)).isEqualTo(unescaped(expected));
    }

    @Test
    void endsACommentWithItsLine() {
        assertThat(matched("(?x) a # (\n b", "", "ab")).isEqualTo("ab");
    }

    @ParameterizedTest(name = "{0} [{1}]: {2}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            (             ~ `` ~ missing closing parenthesis
            (?i           ~ `` ~ missing closing parenthesis
            a)            ~ `` ~ unmatched closing parenthesis
            (?#           ~ `` ~ missing ) after (?# comment
            (?d)a         ~ `` ~ unrecognized character after (? or (?-
            (?i-m-s)      ~ `` ~ unrecognized character after (? or (?-
            (?Px)         ~ `` ~ unrecognized character after (?P
            *             ~ `` ~ quantifier does not follow a repeatable item
            a|+           ~ `` ~ quantifier does not follow a repeatable item
            ^*            ~ `` ~ quantifier does not follow a repeatable item
            a{2}{3}       ~ `` ~ quantifier does not follow a repeatable item
            (?i)?         ~ `` ~ quantifier does not follow a repeatable item
            a{3,1}        ~ `` ~ numbers out of order in {} quantifier
            a{65536}      ~ `` ~ number too big in {} quantifier
            a{4294967297} ~ `` ~ number too big in {} quantifier
            [a            ~ `` ~ missing terminating ] for character class
            []            ~ `` ~ missing terminating ] for character class
            [z-a]         ~ `` ~ range out of order in character class
            [\\B]         ~ `` ~ escape sequence is invalid in character class
            [a-\\R]       ~ `` ~ escape sequence is invalid in character class
            [\\N]         ~ `` ~ \\N is not supported in a class
            [[:foo:]]     ~ `` ~ unknown POSIX class name
            [:alpha:]     ~ `` ~ POSIX named classes are supported only within a class
            [[.a.]]       ~ `` ~ POSIX collating elements are not supported
            a\\           ~ `` ~ \\ at end of pattern
            \\i           ~ `` ~ unrecognized character follows \\
            \\u0041       ~ `` ~ PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u
            \\N{DASH}     ~ `` ~ PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u
            \\c           ~ `` ~ \\c at end of pattern
            \\cé          ~ `` ~ \\c must be followed by a printable ASCII character
            \\x{100}      ~ `` ~ character code point value in \\x{} or \\o{} is too large
            \\x{11000000} ~ u  ~ character code point value in \\x{} or \\o{} is too large
            \\x{d800}     ~ u  ~ disallowed Unicode code point (>= 0xd800 && <= 0xdfff)
            \\x{}         ~ `` ~ digits missing in \\x{} or \\o{} or \\N{U+}
            \\x{4g}       ~ `` ~ non-hex character in \\x{} (closing brace missing?)
            \\o{9}        ~ `` ~ non-octal character in \\o{} (closing brace missing?)
            \\o1          ~ `` ~ missing opening brace after \\o
            \\400         ~ `` ~ octal value is greater than \\377 in 8-bit non-UTF-8 mode
            \\p           ~ `` ~ malformed \\P or \\p sequence
            \\p{L         ~ `` ~ malformed \\P or \\p sequence
            (a)\\2        ~ `` ~ reference to non-existent subpattern
            \\81          ~ `` ~ reference to non-existent subpattern
            (a)\\g{-2}    ~ `` ~ reference to non-existent subpattern
            \\k<n>        ~ `` ~ reference to non-existent subpattern
            \\kn          ~ `` ~ \\k is not followed by a braced, angle-bracketed, or quoted name
            \\g           ~ `` ~ \\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number
            (?<>a)        ~ `` ~ subpattern name expected
            (?<1n>a)      ~ `` ~ subpattern name must start with a non-digit
            (?<n          ~ `` ~ syntax error in subpattern name (missing terminator?)
            (?<n>)(?<n>)  ~ `` ~ two named subpatterns have the same name
            (?<=(?:ab)+)c ~ `` ~ lookbehind assertion is not fixed length
            """)
    void refusesInTheWordsOfPcre(String pattern, String flags, String words) {
        assertThatThrownBy(() -> BoundedRegex.compile(pattern, flags))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pcre2_compile() failed: " + words)
                .hasMessageEndingWith(" in \"" + pattern + "\"");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a\\Kb        ~ \\K
            \\C          ~ \\C
            a(?R)?b      ~ recursion
            (a)(?1)      ~ recursion
            (?-1)        ~ recursion
            (?<n>a)(?&n) ~ recursion
            (?P>n)       ~ recursion
            \\g<n>       ~ recursion
            (a)(?(1)b|c) ~ (?(
            (?|(a)|(b))  ~ (?|
            (?C1)a       ~ (?C
            a(*SKIP)b    ~ (*
            (*UTF8)a     ~ (*
            (?U)a+       ~ option U
            (?n:a)       ~ option n
            (?xx)[a b]   ~ option xx
            [a-\\Qz\\E]  ~ \\Q at the end of a range
            \\p{Xan}     ~ \\p{Xan}
            (\\2b|(a))+  ~ a reference to a later group
            (?:\\k<n>b|(?<n>a))+ ~ a reference to a later group
            """)
    void refusesWhatJavaCannotDo(String pattern, String what) {
        assertThatThrownBy(() -> BoundedRegex.compile(pattern))
                .isInstanceOf(UnsupportedPatternException.class)
                .hasMessage("pcre2_compile() failed: " + what + " is not supported in \"" + pattern + "\"");
    }

    @Test
    void refusesGroupsTooDeepInEachOther() {
        var deepest = "(".repeat(PcreSyntax.MAX_NESTING) + ")".repeat(PcreSyntax.MAX_NESTING);

        assertThat(matched(deepest, "", "")).isEmpty();
        assertThatThrownBy(() -> BoundedRegex.compile("(" + deepest + ")"))
                .hasMessageStartingWith("pcre2_compile() failed: parentheses are too deeply nested");
    }

    @Test
    void refusesPatternsTooLargeForJava() {
        assertThatThrownBy(() -> BoundedRegex.compile("(?:a|b)?".repeat(100_000)))
                .isInstanceOf(UnsupportedPatternException.class)
                .hasMessageStartingWith("pcre2_compile() failed: a pattern as large as this is not supported");
    }

    private static @Nullable String matched(String pattern, String flags, String text) {
        var outcome = Substitution.compile(pattern, flags, "").first(WireText.of(text.translateEscapes()));
        return outcome instanceof Substitution.Outcome.Replaced(var rest, var captures)
                ? WireText.toUnicode(captures.getFirst())
                : null;
    }

    private static @Nullable String unescaped(@Nullable String text) {
        return text == null ? null : text.translateEscapes();
    }
}
