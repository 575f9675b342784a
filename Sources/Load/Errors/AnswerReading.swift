import EventStream
import HTTP
import Record
import RunProfile
import Vocabulary

/// Reads the beginning of an answer that is an error, once for each kind of error; one answer at a time.
///
/// The connection stays open for it, no longer than ``longestWait``: many servers send the head before the body.
struct AnswerReading {
    /// How long an answer's body is waited for, in ns.
    static let longestWait: Nanoseconds = 250 * .perMillisecond
    /// The most bytes of a body that are read, so that secrets are found whole before it is cut.
    static let mostBytes = 4 << 10

    /// The connection's slot.
    let slot: Int
    /// The error's name.
    let name: String
    /// When the answer's head was there, in ns of the monotonic clock.
    let moment: Nanoseconds
    private let statusLine: String
    private var body: BodyDecoder
    private let isReadable: Bool
    private var bytes: [UInt8] = []

    /// A reading that begins behind a head.
    init(_ head: HTTPResponseHead, name: String, slot: Int, moment: Nanoseconds, isHead: Bool) {
        self.slot = slot
        self.name = name
        self.moment = moment
        let reason = head.reason.isEmpty ? "" : " \(head.reason)"
        statusLine = "HTTP/1.\(head.minorVersion) \(head.status)\(reason)"
        let framing = try? head.bodyFraming(toHead: isHead)
        body = framing.map { BodyDecoder($0) } ?? .none
        isReadable = head.contentCodings.allSatisfy { $0 == .identity }
    }

    /// Whether nothing more is wanted of the answer.
    var isComplete: Bool { !isReadable || body.isComplete || bytes.count >= Self.mostBytes }

    /// Takes bytes of the body; what breaks its framing ends it.
    mutating func take(_ received: UnsafeRawBufferPointer) {
        var input = received
        do throws(BodyError) {
            while bytes.count < Self.mostBytes, let slice = try body.next(&input) {
                bytes.append(contentsOf: slice.prefix(Self.mostBytes - bytes.count))
            }
        } catch {
            body = .none
        }
    }

    /// What was read, without secrets.
    ///
    /// - Parameter request: the request that was answered, whose own secrets the answer may repeat.
    func sample(answering request: UnsafeRawBufferPointer) -> AnswerSample {
        let secrets = RequestSecrets(request)
        let text = secrets.masked(String(decoding: bytes, as: UTF8.self))
        return AnswerSample(
            statusLine: secrets.masked(statusLine),
            body: text.isEmpty ? nil : Self.cut(text)
        )
    }

    /// The first ``AnswerSample/bodyBytes`` of a text, whole characters only.
    private static func cut(_ text: String) -> String {
        var kept = ""
        var count = 0
        for character in text {
            count += character.utf8.count
            guard count <= AnswerSample.bodyBytes else { break }
            kept.append(character)
        }
        return kept
    }
}

/// The values of a request's secret headers, which an answer may repeat, and other secrets that show by their names.
struct RequestSecrets {
    /// The shortest word of a header's value that is taken for a secret by itself.
    private static let shortestWord = 6

    private var values: [String] = []

    /// The secrets of a request's head.
    init(_ request: UnsafeRawBufferPointer) {
        let text = String(decoding: request, as: UTF8.self)
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false).dropFirst() {
            if line.isEmpty { break }
            guard let colon = line.firstIndex(of: ":"), SecretText.isSecret(String(line[..<colon])) else { continue }
            let words = line[line.index(after: colon)...].split { " ;=,".contains($0) }
            values += words.filter { $0.utf8.count >= Self.shortestWord }.map(String.init)
        }
        // A value that holds another is masked whole.
        values.sort { $0.utf8.count > $1.utf8.count }
    }

    /// A text in one line, without the secrets and without control characters.
    func masked(_ text: String) -> String {
        var shown = text
        for value in values { shown = shown.replacing(value, with: SecretText.mask) }
        shown = SecretText.masked(shown)
        var clean = String.UnicodeScalarView()
        for scalar in shown.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            let blank = isControl || scalar.properties.isWhitespace
            if blank {
                if let last = clean.last, last != " " { clean.append(" ") }
            } else if scalar.properties.generalCategory != .format {
                clean.append(scalar)
            }
        }
        if clean.last == " " { clean.removeLast() }
        return String(clean)
    }
}
