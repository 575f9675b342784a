/// Reads what a scenario asks otherwise than the target says.
enum RequestReader {
    /// Reads `method`, `headers`, `body`, `bodyFile` and `data` of a scenario.
    static func read(_ keys: inout MappingReader) -> RequestOptions {
        var options = RequestOptions()
        keys.read("method", into: &options.method) { $0.method() }
        keys.read("headers", into: &options.headers, TargetReader.headers)
        let body = keys.field("body")
        options.body = body?.text(expected: "text, such as '{ \"stream\": true }'")
        let bodyFile = keys.field("bodyFile")
        options.bodyFile = bodyFile.flatMap { file($0, example: "request.json") }
        if body != nil, let bodyFile {
            bodyFile.reject("both body and bodyFile", expected: "either body or bodyFile")
        }
        options.dataFile = keys.field("data").flatMap { file($0, example: "prompts.csv") }
        return options
    }

    private static func file(_ field: Field, example: String) -> String? {
        field.text(expected: "a file, beside the profile or by its whole path, such as \(example)") { text in
            !text.isEmpty && text.utf8.count <= ProfileLimits.addressBytes && !text.utf8.contains(0)
        }
    }
}
