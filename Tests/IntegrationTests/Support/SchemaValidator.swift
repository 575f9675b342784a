import Foundation
import Vocabulary

/// The JSON Schema validator of the Python package jsonschema, which this project did not write.
enum SchemaValidator {
    /// Whether Python has it, and a reader of YAML.
    static let isThere: Bool = {
        guard Program.path("python3") != nil, let folder = try? TemporaryFolder() else { return false }
        defer { folder.remove() }
        let result = try? Command.run(named: "python3", ["-c", "import jsonschema, yaml"], in: folder)
        return result?.exitCode == 0
    }()

    /// What a schema holds against documents: YAML files, or JSON ones packed by gzip; a line for each fault.
    ///
    /// - Parameter schema: the schema's file.
    static func faults(of documents: [String], by schema: String, in folder: TemporaryFolder) throws -> [String] {
        let script = """
            import gzip, json, sys, jsonschema, yaml
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            for path in sys.argv[2:]:
                document = json.load(gzip.open(path)) if path.endswith(".gz") else yaml.safe_load(open(path))
                for error in validator.iter_errors(document):
                    print(path, list(error.absolute_path), error.message[:300].replace("\\n", " "))
            print("done", len(sys.argv) - 2)
            """
        let words = ["-c", script, schema] + documents
        let result = try Command.run(named: "python3", words, in: folder, timeout: 120 * .perSecond)
        var lines = result.output.split(separator: "\n").map(String.init)
        guard result.exitCode == 0, lines.popLast() == "done \(documents.count)" else {
            throw SupportError("the validator failed: \(result.output)\n\(result.errorOutput)")
        }
        return lines
    }

    /// Writes a schema of the command's to a file.
    ///
    /// - Returns: its path.
    static func write(_ subject: String, in folder: TemporaryFolder) throws -> String {
        let result = try Command.hydrotest(["schema", subject], in: folder)
        guard result.exitCode == 0 else { throw SupportError("no schema: \(result.errorOutput)") }
        return try folder.write(result.output, to: "\(subject).schema.json")
    }
}
