package io.suimon.controlplane.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.suimon.controlplane.json.InvalidJsonException;
import io.suimon.controlplane.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Bodies that are almost valid: their values exchanged, then their bytes. */
final class FuzzBodies {

    /** Folder and id of a resource, and a body that is valid for it, or would be if its plugins were built. */
    record Sample(String folder, String id, String body) {}

    private static final List<Sample> SAMPLES = List.of(
            sample("routes", "r1", "{'uri':'/a','upstream':{'nodes':{'127.0.0.1:80':1},'type':'chash','key':'x'}}"),
            sample(
                    "routes",
                    "r2",
                    "{'uris':['/a','/b*'],'methods':['GET'],'vars':[['arg_a','==','b'],'OR',['arg_c','~~','^a']],"
                            + "'hosts':['a.com','*.b.com'],'remote_addrs':['10.0.0.0/8','::1'],'priority':3,"
                            + "'timeout':{'connect':1,'send':1,'read':1.5},'labels':{'a':'b'},'plugins':{'cors':{}}}"),
            sample(
                    "routes",
                    "r3",
                    "{'uri':'/p','plugins':{'limit-count':{'count':1,'time_window':60,'key':'remote_addr'},"
                            + "'proxy-rewrite':{'regex_uri':['^/(a+)','/$1'],'headers':{'set':{'X-A':'$arg_a'}}},"
                            + "'response-rewrite':{'status_code':200,'vars':[['status','==',200]],"
                            + "'filters':[{'regex':'a','replace':'b'}]},'redirect':{'uri':'/x'},"
                            + "'key-auth':{'_meta':{'priority':1}}},'upstream_id':'u1'}"),
            sample(
                    "routes",
                    "r4",
                    "{'uri':'/v','plugins':{'request-validation':{'_meta':{'disable':true},"
                            + "'body_schema':{'type':'object','properties':{'a':{'type':'string'}}}}}}"),
            sample("services", "s1", "{'upstream_id':'u1','plugins':{'request-id':{}},'name':'n','hosts':['a.com']}"),
            sample(
                    "upstreams",
                    "u1",
                    "{'checks':{'active':{'timeout':1,'http_path':'/','healthy':{'interval':1,'successes':1}},"
                            + "'passive':{'unhealthy':{'http_statuses':[500],'http_failures':3}}},'retries':1,"
                            + "'nodes':[{'host':'127.0.0.1','port':1,'weight':1,'priority':-1}],'scheme':'https',"
                            + "'keepalive_pool':{'size':4,'idle_timeout':8,'requests':16},'pass_host':'rewrite',"
                            + "'upstream_host':'a.com'}"),
            sample("consumers", "jack", "{'username':'jack','plugins':{'key-auth':{'key':'k'}},'labels':{'a':'b'}}"),
            sample("consumers/jack/credentials", "c1", "{'plugins':{'key-auth':{'key':'c'}},'desc':'d'}"),
            sample(
                    "consumer_groups",
                    "g1",
                    "{'plugins':{'limit-count':{'count':1,'time_window':60,'rejected_code':503}}}"),
            sample("plugin_configs", "p1", "{'plugins':{'ip-restriction':{'whitelist':['10.0.0.0/8','::1']}}}"),
            sample("global_rules", "1", "{'plugins':{'prometheus':{'prefer_name':true}}}"),
            sample("plugin_metadata", "cors", "{'allow_origins':{'k':'http://a.com'}}"),
            sample("ssls", "1", "{'snis':['a.com'],'cert':'" + pem("a.crt") + "','key':'" + pem("a.key") + "'}"),
            sample("protos", "1", "{'content':'syntax = \\'proto3\\'; message M { string s = 1; }'}"),
            sample("secrets/vault", "1", "{'uri':'http://127.0.0.1:8200','prefix':'kv/a','token':'t'}"),
            sample("stream_routes", "1", "{'server_port':9100,'remote_addr':'127.0.0.1','upstream_id':'u1'}"));

    /** Values of other types and of other sizes, as text. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "65536",
            "-0.0",
            "1e308",
            "1e309",
            "-1E-400",
            "0e99999999",
            "1e99999999999",
            "9223372036854775808",
            "9".repeat(300),
            "1" + "0".repeat(1_500),
            "\"\"",
            "\" \"",
            "\"1\"",
            "\"$secret://vault/1/a/b\"",
            "\"$ENV://A\"",
            "\"(a*)*$\"",
            "\"(\"",
            "\"[::1\"",
            "\"%zz\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\ud83d\ude00\"",
            "\"" + "x".repeat(70_000) + "\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"\":\"\"}",
            "{\"_meta\":1}",
            "{\"\\ud800\":{}}",
            "{\"" + "n".repeat(60_000) + "\":1}",
            nested("[", "]", 90),
            nested("[", "]", 990),
            nested("[", "]", 1_100),
            nested("{\"a\":", "}", 500).replace("::", ":0"),
            nested("[", "]", 100_000));

    private static final List<String> NAMES = List.of(
            "id", "create_time", "update_time", "upstream", "plugins", "_meta", "disable", "", "a b", "validity_end");

    private static final List<String> PIECES = List.of(
            "\ufeff",
            "/* c */",
            "// c\n",
            "\u0000",
            "{",
            "}",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "'",
            "NaN",
            "-Infinity",
            "0x1",
            "01",
            "1.",
            ".5",
            "\u00e9",
            "\u2028",
            "tru");

    private static final List<byte[]> BAD_BYTES = List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf0, (byte) 0x9f});

    private FuzzBodies() {}

    static List<String> folders() {
        return SAMPLES.stream().map(Sample::folder).distinct().toList();
    }

    static Sample sample(Random random) {
        return pick(SAMPLES, random);
    }

    static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** A valid body with a few things changed. */
    static byte[] mutated(String valid, Random random) {
        var text = valid;
        for (int edits = random.nextInt(3); edits > 0; edits--) {
            text = exchanged(text, random);
        }
        return switch (random.nextInt(40)) {
            case 0, 1, 2 -> inserted(text.getBytes(StandardCharsets.UTF_8), piece(random), random);
            case 3 -> (text + text).getBytes(StandardCharsets.UTF_8);
            case 4 -> text.substring(0, random.nextInt(text.length() + 1)).getBytes(StandardCharsets.UTF_8);
            case 5 -> text.replace(":", " :\t").getBytes(StandardCharsets.UTF_16LE);
            case 6 -> pick(VALUES, random).getBytes(StandardCharsets.UTF_8);
            case 7 -> random.nextInt(4) == 0 ? sized(text, random) : new byte[0];
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    /** One of its values is another one, or gone, or there twice, or beside one with an odd name. */
    private static String exchanged(String text, Random random) {
        JsonNode tree;
        try {
            tree = Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidJsonException e) {
            return text;
        }
        var containers = new ArrayList<JsonNode>();
        collect(tree, containers);
        if (containers.isEmpty()) {
            return text;
        }
        var mark = "@mark@";
        var value = pick(VALUES, random);
        switch (pick(containers, random)) {
            case ObjectNode object
            when object.isEmpty() || random.nextInt(6) == 0 -> object.put(pick(NAMES, random), mark);
            case ObjectNode object -> {
                var names = new ArrayList<String>();
                object.fieldNames().forEachRemaining(names::add);
                var name = pick(names, random);
                switch (random.nextInt(8)) {
                    case 0 -> object.remove(name);
                    case 1 ->
                        value = object.get(name) + ",\"" + name + "\":"
                                + object.put(name, mark).size();
                    default -> object.put(name, mark);
                }
            }
            case ArrayNode array when array.isEmpty() || random.nextInt(4) == 0 -> array.add(mark);
            case ArrayNode array -> array.set(random.nextInt(array.size()), mark);
            default -> throw new IllegalStateException("no container");
        }
        return new String(Json.bytes(tree), StandardCharsets.UTF_8).replace("\"" + mark + "\"", value);
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    /** As large as a body may be, or a little more. */
    private static byte[] sized(String text, Random random) {
        int size = AdminApi.MAX_BODY - 2 + random.nextInt(5);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return inserted(bytes, " ".repeat(Math.max(0, size - bytes.length)).getBytes(StandardCharsets.UTF_8), random);
    }

    private static byte[] piece(Random random) {
        return random.nextInt(4) == 0
                ? pick(BAD_BYTES, random)
                : pick(PIECES, random).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] inserted(byte[] text, byte[] piece, Random random) {
        int at = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> text.length;
            default -> random.nextInt(text.length + 1);
        };
        var bytes = new ByteArrayOutputStream();
        bytes.write(text, 0, at);
        bytes.writeBytes(piece);
        bytes.write(text, at, text.length - at);
        return bytes.toByteArray();
    }

    private static String nested(String open, String close, int depth) {
        return open.repeat(depth) + (open.equals("[") ? "" : "0") + close.repeat(depth);
    }

    private static Sample sample(String folder, String id, String body) {
        return new Sample(folder, id, body.replace("\\'", "\\\"").replace('\'', '"'));
    }

    private static String pem(String file) {
        try (var in = FuzzBodies.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .replace("\n", "\\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
