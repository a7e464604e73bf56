package dev.portcullis.e2e;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, with a profile of its own. */
final class Browser implements AutoCloseable {
  private static final String HOW_TO_GET_IT =
      "Chromium is not there: install it with its driver (chromium, chromium-driver) and run again";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser start(Path profile) {
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver"))
            .withEnvironment(Map.of("no_proxy", "127.0.0.1,localhost"))
            .build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium"));
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-proxy-server",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    return new Browser(new ChromeDriver(service, options));
  }

  private static File program(String name) {
    Optional<Path> found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      if (System.getenv("CI") != null) {
        throw new IllegalStateException(HOW_TO_GET_IT);
      }
      Assumptions.abort(HOW_TO_GET_IT);
    }
    return found.orElseThrow().toFile();
  }

  void open(URI address) {
    driver.get(address.toString());
  }

  /** Fills in a form's field, which may come only by and by. */
  void type(String name, String text) {
    wait(By.name(name)).sendKeys(text);
  }

  void click(By what) {
    wait(what).click();
  }

  private WebElement wait(By what) {
    return await(ExpectedConditions.elementToBeClickable(what));
  }

  /** Waits until the page shows the text. */
  void awaitText(String text) {
    await(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), text));
  }

  // while one page gives way to the next, the driver fails in more ways than a stale element
  private <T> T await(ExpectedCondition<T> condition) {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(WebDriverException.class)
        .withMessage(() -> "At " + driver.getCurrentUrl() + ":\n" + driver.getPageSource())
        .until(condition);
  }

  URI address() {
    return URI.create(driver.getCurrentUrl());
  }

  Cookie cookie(String name) {
    return driver.manage().getCookieNamed(name);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
