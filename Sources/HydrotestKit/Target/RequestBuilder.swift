import Foundation
import HTTP
import RunProfile
import Vocabulary

/// Writes the requests of a scenario, all before the first connection: one, or one for each row of its data.
struct RequestBuilder {
    let target: Target
    let scenario: Scenario
    /// Where the requests go.
    let url: TargetURL

    /// The request method, in capitals.
    var method: String { scenario.request.method ?? target.method }

    /// The bytes of each request; at least one.
    ///
    /// - Throws: ``RunError/refused(_:)`` where a request cannot be written or exceeds a limit, ``RunError/unreadable(_:)``
    ///   where a file cannot be read.
    func requests() throws(RunError) -> [[UInt8]] {
        let body = try body()
        guard let file = scenario.request.dataFile else {
            return [try request(target: url.path, headers: headers, body: body)]
        }
        let table = try table(file)
        guard let text = String(validating: body, as: UTF8.self) else {
            throw refused("the body is not UTF-8, so that no column can stand in it")
        }
        let isJSON = self.isJSON(text)
        let path = try template(url.path, "the address", table, file, .url)
        let bodyText = try template(text, "the body", table, file, isJSON ? .json : .none)
        var headerTexts: [TemplateText] = []
        for header in headers {
            headerTexts.append(try template(header.value, "the header \(header.name)", table, file, .none))
        }
        var requests: [[UInt8]] = []
        var total = 0
        for row in table.rows {
            let headers = zip(self.headers, headerTexts).map { HTTPField($0.name, $1.filled(with: row)) }
            let filled = Array(bodyText.filled(with: row).utf8)
            requests.append(try request(target: path.filled(with: row), headers: headers, body: filled))
            total += requests[requests.count - 1].count
            guard total <= ProfileLimits.requestBytes else {
                throw refused(
                    "the requests of \(file) take more than \(NumberText.bytes(Double(ProfileLimits.requestBytes)))"
                )
            }
        }
        return requests
    }

    /// The target's headers, with the scenario's in place of those of their names, and after them.
    private var headers: [HTTPField] {
        let own = scenario.request.headers
        let names = Set(own.map { $0.name.lowercased() })
        return (target.headers.filter { !names.contains($0.name.lowercased()) } + own).map {
            HTTPField($0.name, $0.value)
        }
    }

    /// Whether the body is JSON: its `Content-Type` says so or, where there is none, it begins like it.
    private func isJSON(_ body: String) -> Bool {
        if let type = headers.first(where: { $0.name.lowercased() == "content-type" })?.value {
            return type.lowercased().contains("json")
        }
        let first = body.first { !$0.isWhitespace }
        return first == "{" || first == "["
    }

    private func body() throws(RunError) -> [UInt8] {
        if let file = scenario.request.bodyFile { return try Self.contents(file) }
        return (scenario.request.body ?? target.body).map { Array($0.utf8) } ?? []
    }

    private func table(_ file: String) throws(RunError) -> DataTable {
        let bytes = try Self.contents(file)
        do throws(DataTable.Problem) {
            return try DataTable(bytes)
        } catch {
            throw .refused("\(file):\(error.line): \(error.reason)")
        }
    }

    private func template(
        _ text: String,
        _ place: String,
        _ table: DataTable,
        _ file: String,
        _ escaping: TemplateText.Escaping
    ) throws(RunError) -> TemplateText {
        do throws(TemplateText.UnknownColumn) {
            return try TemplateText(text, columns: table.columns, escaping: escaping)
        } catch {
            let nearest = NearestName.find(error.name, among: table.columns)
            let advice =
                nearest.map { "; did you mean {{\($0)}}?" } ?? " (columns: \(table.columns.joined(separator: ", ")))"
            throw refused("\(place) names {{\(error.name)}}, but \(file) has no such column\(advice)")
        }
    }

    private func request(target path: String, headers: [HTTPField], body: [UInt8]) throws(RunError) -> [UInt8] {
        var fields = [HTTPField("Host", url.hostHeader)]
        let given = Set(headers.map { $0.name.lowercased() })
        let defaults = [
            HTTPField("Accept", "text/event-stream"), HTTPField("Cache-Control", "no-cache"),
            HTTPField("User-Agent", "hydrotest/\(Version.current)"),
        ]
        if given.contains("host") { fields = [] }
        fields += defaults.filter { !given.contains($0.name.lowercased()) }
        fields += headers
        do {
            let sent = body.isEmpty ? nil : body
            return try HTTPRequest(method: method, target: path, fields: fields, body: sent).bytes
        } catch {
            throw .refused(
                "the request to \(url) cannot be written: \(error.rawValue); look at its `method`, `headers` and `url`"
            )
        }
    }

    private func refused(_ reason: String) -> RunError { .refused("scenario \"\(scenario.name)\": \(reason)") }

    /// The bytes of a file, at most ``ProfileLimits/requestFileBytes``.
    private static func contents(_ file: String) throws(RunError) -> [UInt8] {
        let handle = FileHandle(forReadingAtPath: file)
        defer { try? handle?.close() }
        guard let handle, let data = try? handle.read(upToCount: ProfileLimits.requestFileBytes + 1) ?? Data() else {
            throw .unreadable("cannot read \"\(file)\": is the path right? It counts from the profile's folder")
        }
        guard data.count <= ProfileLimits.requestFileBytes else {
            let most = NumberText.bytes(Double(ProfileLimits.requestFileBytes))
            throw .refused("\"\(file)\" is larger than \(most)")
        }
        return Array(data)
    }
}

/// Text in which `{{column}}` stands for a value of a row.
struct TemplateText {
    /// How a value is written where it stands.
    enum Escaping {
        /// As it is.
        case none
        /// As the inside of a JSON string (RFC 8259, 7).
        case json
        /// Percent-encoded, but for unreserved characters (RFC 3986, 2).
        case url
    }

    private enum Piece {
        case text(String)
        case column(Int)
    }

    private var pieces: [Piece] = []
    private let escaping: Escaping

    /// Takes a text apart.
    ///
    /// - Throws: ``UnknownColumn`` for the first name that is no column's.
    init(_ text: String, columns: [String], escaping: Escaping) throws(UnknownColumn) {
        self.escaping = escaping
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            pieces.append(.text(String(rest[..<open.lowerBound])))
            let name = rest[open.upperBound..<close.lowerBound].split(separator: " ").joined(separator: " ")
            guard let column = columns.firstIndex(of: name) else { throw UnknownColumn(name: name) }
            pieces.append(.column(column))
            rest = rest[close.upperBound...]
        }
        pieces.append(.text(String(rest)))
    }

    /// A name in a text that no column has.
    struct UnknownColumn: Error {
        let name: String
    }

    /// The text with a row's values.
    func filled(with row: [String]) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let plain): text += plain
            case .column(let column): text += Self.escape(row[column], escaping)
            }
        }
    }

    private static func escape(_ value: String, _ escaping: Escaping) -> String {
        switch escaping {
        case .none: value
        case .json: value.unicodeScalars.map(jsonText).joined()
        case .url: value.utf8.map(urlText).joined()
        }
    }

    private static func jsonText(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case _ where scalar.value < 0x20: "\\u00" + hexadecimal(UInt8(scalar.value))
        default: String(scalar)
        }
    }

    private static func urlText(_ byte: UInt8) -> String {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: String(UnicodeScalar(byte))
        case _ where "-._~".utf8.contains(byte): String(UnicodeScalar(byte))
        default: "%" + hexadecimal(byte)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
