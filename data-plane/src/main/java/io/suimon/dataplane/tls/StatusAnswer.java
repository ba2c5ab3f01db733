package io.suimon.dataplane.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says a certificate is good, and that clients will believe.
 *
 * @param bytes as they are shown to clients; nobody changes them
 * @param until when they stop believing it; null when it does not say
 */
record StatusAnswer(byte[] bytes, @Nullable Instant until) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

    /**
     * Judges what a responder said.
     *
     * @throws UnusableException when that is no answer, or not by who may give it, or outdated, or that the certificate is not good
     */
    static StatusAnswer of(StatusQuestion question, byte[] said, Instant now) throws UnusableException {
        var until = until(question, said);
        verify(question, said, now);
        return new StatusAnswer(said, until);
    }

    private static void verify(StatusQuestion question, byte[] said, Instant now) throws UnusableException {
        try {
            var validator = CertPathValidator.getInstance("PKIX");
            var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOptions(Set.of(Option.ONLY_END_ENTITY, Option.NO_FALLBACK));
            checker.setOcspResponses(Map.of(question.certificate(), said));
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(question.issuer(), null)));
            parameters.setDate(Date.from(now));
            parameters.addCertPathChecker(checker);
            var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(question.certificate()));
            validator.validate(path, parameters);
        } catch (GeneralSecurityException e) {
            throw new UnusableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable Instant until(StatusQuestion question, byte[] said) throws UnusableException {
        var response = Der.read(said);
        int status = new BigInteger(1, response.child(0).content()).intValue();
        if (status != 0) {
            throw new UnusableException("status of the answer: " + status + " (expected: 0)");
        }
        var basic = Der.read(response.child(1).child(0).child(1).content());
        var fields = basic.child(0).children();
        int versions = fields.getFirst().tag() == Der.TAGGED ? 1 : 0;
        for (var single : fields.get(Math.min(versions + 2, fields.size() - 1)).children()) {
            var serial = new BigInteger(single.child(0).child(3).content());
            if (serial.equals(question.certificate().getSerialNumber())) {
                return next(single.children());
            }
        }
        throw new UnusableException("an answer to another question (expected: one of this certificate)");
    }

    private static @Nullable Instant next(List<Der> single) throws UnusableException {
        if (single.size() < 4 || single.get(3).tag() != Der.TAGGED) {
            return null;
        }
        var text = new String(single.get(3).child(0).content(), StandardCharsets.US_ASCII);
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new UnusableException("next update: " + text + " (expected: yyyyMMddHHmmssZ)", e);
        }
    }
}
