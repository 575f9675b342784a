import ArgumentParser
import EventStream
import HydrotestKit

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
