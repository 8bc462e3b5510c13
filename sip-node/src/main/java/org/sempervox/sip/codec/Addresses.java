package org.sempervox.sip.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sempervox.core.sip.NameAddr;

/** name-addr and addr-spec with header parameters (RFC 3261 §20.10, §25.1), the URI's text kept as it came. */
final class Addresses {
    private Addresses() {}

    static List<NameAddr> list(String value) throws MalformedMessage {
        var list = new ArrayList<NameAddr>();
        for (String part : Tokens.split(value, ',')) {
            list.add(one(part));
        }
        return list;
    }

    static NameAddr one(String value) throws MalformedMessage {
        String display = "";
        String rest = value.strip();
        if (rest.startsWith("\"")) {
            int close = closingQuote(rest);
            display = unescape(rest.substring(1, close));
            rest = rest.substring(close + 1).strip();
            if (!rest.startsWith("<")) {
                throw new MalformedMessage("display name without address");
            }
        }
        int open = rest.indexOf('<');
        String uri;
        if (open >= 0) {
            int close = rest.indexOf('>', open);
            if (close < 0) {
                throw new MalformedMessage("unclosed bracket");
            }
            if (open > 0) {
                display = rest.substring(0, open).strip();
            }
            uri = rest.substring(open + 1, close).strip();
            rest = rest.substring(close + 1).strip();
            if (!rest.isEmpty() && rest.charAt(0) != ';') {
                throw new MalformedMessage("text after an address");
            }
        } else {
            int semicolon = rest.indexOf(';');
            uri = (semicolon < 0 ? rest : rest.substring(0, semicolon)).strip();
            rest = semicolon < 0 ? "" : rest.substring(semicolon);
        }
        if (uri.isEmpty() || uri.indexOf(' ') >= 0 || uri.indexOf('"') >= 0) {
            throw new MalformedMessage("address without a URI");
        }
        return new NameAddr(display, uri, params(rest));
    }

    private static int closingQuote(String text) throws MalformedMessage {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        throw new MalformedMessage("unclosed quote");
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i);
            }
            out.append(c);
        }
        return out.toString();
    }

    private static Map<String, String> params(String text) throws MalformedMessage {
        if (text.isEmpty()) {
            return Map.of();
        }
        var params = new LinkedHashMap<String, String>();
        for (String part : Tokens.split(text, ';')) {
            int equals = part.indexOf('=');
            String name =
                    Tokens.lower(equals < 0 ? part : part.substring(0, equals).strip());
            if (!Tokens.isToken(name)) {
                throw new MalformedMessage("parameter without a name");
            }
            String value = equals < 0 ? "" : part.substring(equals + 1).strip();
            if (params.putIfAbsent(name, value) != null && name.equals("tag")) {
                throw new MalformedMessage("two tags");
            }
        }
        return params;
    }
}
