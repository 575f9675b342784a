import ArgumentParser
import Foundation
import HTTP
import HydrotestKit
import Vocabulary

/// How one stream is asked for, by the commands that open one.
struct RequestArguments: ParsableArguments {
    /// The largest body, in bytes.
    private static let bodyLimit = 1 << 20

    @Option(name: [.customShort("X"), .long], help: "The request method (default: GET, or POST with --data).")
    var method: String?

    @Option(
        name: [.customShort("d"), .long],
        help: ArgumentHelp(
            """
            The request body, or @FILE for a file without its line ends; several are joined with "&", as curl does. Its \
            Content-Type is that of JSON where it is JSON, and of a form elsewhere, unless --header names one.
            """,
            valueName: "body"
        )
    )
    var data: [String] = []

    @Option(name: [.customShort("H"), .long], help: "A request header, \"Name: value\"; may be given several times.")
    var header: [String] = []

    @Flag(name: [.customShort("k"), .long], help: "Do not verify the server's certificate.")
    var insecure = false

    @Option(help: "A PEM file of trusted certificates, in place of the system's.")
    var ca: String?

    /// The request for an address.
    ///
    /// - Throws: ``CommandFailure`` where the address, the method, a header or the body is none.
    func options(_ url: String) throws -> TapOptions {
        guard let target = TargetURL(url) else {
            throw Self.badUsage("\"\(url)\" is no address; give one like http://127.0.0.1:8080/events")
        }
        var options = TapOptions(url: target)
        options.insecure = insecure
        options.authorityFile = ca
        options.headers = try header.map(HeaderArgument.field)
        options.body = try body()
        options.method = method ?? (options.body == nil ? "GET" : "POST")
        guard !options.method.isEmpty, options.method == options.method.uppercased() else {
            throw Self.badUsage("--method \"\(options.method)\" must be in capitals, such as POST")
        }
        if let body = options.body, !options.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(body.utf8))) != nil
            let type = isJSON ? "application/json" : "application/x-www-form-urlencoded"
            options.headers.append(HTTPField("Content-Type", type))
        }
        return options
    }

    private func body() throws -> String? {
        guard !data.isEmpty else { return nil }
        let body = try data.map { piece in
            guard piece.hasPrefix("@") else { return piece }
            let file = String(piece.dropFirst())
            guard let contents = FileManager.default.contents(atPath: file) else {
                throw Self.badUsage("--data cannot read \"\(file)\"")
            }
            guard contents.count <= Self.bodyLimit, let text = String(bytes: contents, encoding: .utf8) else {
                throw Self.badUsage("--data \"\(file)\" must be UTF-8 text of at most 1 MiB")
            }
            return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\r" && $0 != "\n" }))
        }.joined(separator: "&")
        guard body.utf8.count <= Self.bodyLimit else { throw Self.badUsage("--data must be at most 1 MiB") }
        return body
    }

    private static func badUsage(_ message: String) -> CommandFailure {
        CommandFailure(code: ExitCode.badUsage, message: message)
    }
}

/// A request header on the command line: `Name: value`.
enum HeaderArgument {
    /// Reads a header.
    ///
    /// - Throws: ``CommandFailure`` where the text is none.
    static func field(_ text: String) throws -> HTTPField {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
            throw CommandFailure(
                code: ExitCode.badUsage,
                message: "--header \"\(text)\" is not of the form \"Name: value\""
            )
        }
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        return HTTPField(String(text[..<colon]), String(value))
    }
}
