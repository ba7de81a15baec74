import com.adobe.epubcheck.tool.EpubChecker;

/**
 * EPUBCheck over many books in one Java process: EpubcheckCli [epubcheck options] book.epub…
 * One line "PASS book.epub" or "FAIL book.epub" a book on standard output; EPUBCheck's own messages come before it.
 * Exit status 0 = all passed, 1 = some did not.
 */
public class EpubcheckCli {
  public static void main(String[] arguments) {
    var options = new java.util.ArrayList<String>();
    var books = new java.util.ArrayList<String>();
    for (String argument : arguments) (argument.startsWith("-") ? options : books).add(argument);
    if (books.isEmpty()) {
      System.err.println("usage: epubcheck [options] book.epub…");
      System.exit(2);
    }
    boolean failed = false;
    for (String book : books) {
      var call = new java.util.ArrayList<>(options);
      call.add(book);
      boolean passed = new EpubChecker().run(call.toArray(String[]::new)) == 0;
      failed |= !passed;
      System.err.flush();
      System.out.println((passed ? "PASS " : "FAIL ") + book);
    }
    System.exit(failed ? 1 : 0);
  }
}
