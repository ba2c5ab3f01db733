package io.suimon.dataplane.telemetry;

/** Writes labels in the order in which they are added: {@code code="200",route="1"}. */
public final class LabelText {

    private final StringBuilder text = new StringBuilder();

    /** Adds a label. */
    public LabelText add(String name, String value) {
        text.append(text.isEmpty() ? "" : ",").append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
        text.append('"');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
