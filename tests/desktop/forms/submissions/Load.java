import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.opendatakit.validate.StubPropertyManager;

/**
 * Loads submissions into the form they were filled with, as JavaRosa does when one is edited. Arguments: the form, then submissions.
 * Prints for each the path and the text of every leaf that has one, parted by a tab; an empty line after each.
 */
public class Load {
    private static final int TEMPLATE = TreeReference.INDEX_TEMPLATE;

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        PropertyManager.setPropertyManager(new StubPropertyManager());
        new JavaRosaCoreModule().registerModule();
        new XFormsModule().registerModule();
        for (int at = 1; at < arguments.length; at++) {
            FormDef form = new XFormParser(reader(arguments[0]), reader(arguments[at])).parse();
            tell(form.getInstance().getRoot(), "", out);
            out.println();
        }
    }

    private static Reader reader(String path) throws IOException {
        return Files.newBufferedReader(Paths.get(path), StandardCharsets.UTF_8);
    }

    private static void tell(TreeElement node, String above, PrintStream out) {
        String path = above + "/" + node.getName();
        IAnswerData value = node.getValue();
        if (value != null) {
            out.println(path + "\t" + value.uncast().getString().replace("\n", " "));
        }
        for (int child = 0; child < node.getNumChildren(); child++) {
            TreeElement inner = node.getChildAt(child);
            if (inner.getMult() != TEMPLATE) {
                tell(inner, path, out);
            }
        }
    }
}
