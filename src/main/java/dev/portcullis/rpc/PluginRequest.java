package dev.portcullis.rpc;

import dev.portcullis.operation.Operation;

/**
 * A question of frps that was read.
 *
 * @param text the whole body
 * @param place of the content in it
 * @param shape of the content
 * @param content the content as a record
 */
record PluginRequest<C extends Operation>(String text, Span place, ContentShape shape, C content) {

  /** The content's text with what a decision changed. */
  String changedTo(C decided) {
    return shape.patch(text, place, content, decided);
  }

  /** Leaves out the text, which may hold secrets. */
  @Override
  public String toString() {
    return "PluginRequest[" + content + "]";
  }
}
