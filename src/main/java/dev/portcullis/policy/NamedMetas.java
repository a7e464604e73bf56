package dev.portcullis.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which metadatas the rules of a document look at: those whose keys they name, in their members or
 * in the text of a condition. The others concern nobody, and may be secrets.
 */
final class NamedMetas implements Predicate<String> {
  private final Set<String> keys = new HashSet<>();
  private final StringBuilder conditions = new StringBuilder();

  NamedMetas(List<Rule> rules) {
    for (Rule rule : rules) {
      if (rule.proxies() != null) {
        keys.addAll(rule.proxies().metas().keySet());
      }
      if (rule.clients() != null) {
        keys.addAll(rule.clients().metas().keySet());
      }
      if (rule.when() != null
          && (rule.when().asksFor("client.metas") || rule.when().asksFor("proxy.metas"))) {
        conditions.append(rule.when()).append('\n');
      }
    }
  }

  @Override
  public boolean test(String key) {
    return keys.contains(key) || named(key, '"') || named(key, '\'') || selected("metas." + key);
  }

  private boolean selected(String path) {
    for (int at = conditions.indexOf(path); at >= 0; at = conditions.indexOf(path, at + 1)) {
      if (!Character.isJavaIdentifierPart(conditions.charAt(at + path.length()))) {
        return !path.endsWith(".");
      }
    }
    return false;
  }

  private boolean named(String key, char quote) {
    return conditions.indexOf(quote + key + quote) >= 0;
  }
}
