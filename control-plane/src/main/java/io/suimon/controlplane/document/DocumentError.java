package io.suimon.controlplane.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.Json;

/** Something that is wrong with a document. */
public sealed interface DocumentError {

    /** Where it is and what it is. */
    ObjectNode json();

    /** What it is. */
    String text();

    /** The document is none. */
    record OfDocument(String text) implements DocumentError {
        @Override
        public ObjectNode json() {
            return Json.newObject().put("error", text);
        }
    }

    /** A directory is none. */
    record OfDirectory(String directory, String text) implements DocumentError {
        @Override
        public ObjectNode json() {
            return Json.newObject().put("resource_type", directory).put("error", text);
        }
    }

    /** A version is no number but something else. */
    record OfVersion(String directory, String version, String got) implements DocumentError {
        @Override
        public ObjectNode json() {
            return Json.newObject().put("resource_type", directory).put("error", text() + ", got " + got);
        }

        @Override
        public String text() {
            return version + " must be a number";
        }
    }

    /**
     * An item is not what it should be.
     *
     * @param id as written; empty text when it has none
     * @param index from 0
     */
    record OfItem(String directory, JsonNode id, int index, String text) implements DocumentError {
        @Override
        public ObjectNode json() {
            var node = Json.newObject().put("resource_type", directory);
            node.set("resource_id", id);
            return node.put("index", index).put("error", text);
        }
    }
}
