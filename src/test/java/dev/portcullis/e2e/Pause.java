package dev.portcullis.e2e;

import java.util.concurrent.locks.LockSupport;

/** Waiting, where nothing tells when something has happened. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }
}
