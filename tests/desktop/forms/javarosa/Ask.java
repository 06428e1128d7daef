import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.XPathNodeset;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;
import org.javarosa.xpath.expr.XPathPathExpr;

/** Reads "node, tab, expression" line by line; says "kind, text, number, truth" of each, or "fails" and why. */
public class Ask {
    public static void main(String[] arguments) throws Exception {
        FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(arguments[0]));
        form.initialize(true, new InstanceInitializationFactory());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\t", 2);
            out.println(answer(form, parts[0], parts[1]));
        }
    }

    private static String answer(FormDef form, String node, String expression) {
        try {
            TreeReference at = ((XPathPathExpr) XPathParseTool.parseXPath(node)).getReference();
            EvaluationContext context = new EvaluationContext(form.getEvaluationContext(), form.getFormInstances(), at);
            Object value = XPathParseTool.parseXPath(expression).eval(form.getMainInstance(), context);
            String kind = value instanceof XPathNodeset ? "nodes" : value.getClass().getSimpleName();
            return kind + "\t" + XPathFuncExpr.toString(value).replace("\n", "\\n") + "\t" + XPathFuncExpr.toNumeric(value)
                + "\t" + XPathFuncExpr.toBoolean(value);
        } catch (Exception why) {
            return "fails\t" + String.valueOf(why.getMessage()).replaceAll("\\s+", " ") + "\t\t";
        }
    }
}
