import EventStream
import FoundationEssentials
import Glibc
import Record

/// A report as it lies on the disk: `report.json`, or `report.json.gz`, by itself or in its folder.
public enum ReportFile {
    /// The most bytes that a report unpacks to; a larger one is refused before it fills the memory.
    public static let mostBytes = 256 << 20

    /// Reads a report as it was written; nothing is judged again.
    ///
    /// - Parameter path: the file, or the folder that holds it.
    /// - Throws: ``ReportReadError`` with what is wrong.
    public static func read(_ path: String) throws(ReportReadError) -> ReportDocument {
        let file = try file(at: path)
        return try document(json: unpack(try bytes(of: file), of: file), file)
    }

    /// The report's file: the path itself, or the one in the folder.
    private static func file(at path: String) throws(ReportReadError) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(path: path, error: WholeFile.lastError) }
        guard status.st_mode & S_IFMT == S_IFDIR else { return path }
        for name in ["report.json.gz", "report.json"] where access("\(path)/\(name)", F_OK) == 0 {
            return "\(path)/\(name)"
        }
        throw .noReport(path: path)
    }

    private static func bytes(of file: String) throws(ReportReadError) -> [UInt8] {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: file, error: WholeFile.lastError) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(path: file, error: WholeFile.lastError)
            }
            bytes += buffer[..<count]
            guard bytes.count <= mostBytes else { throw .tooLarge(path: file) }
        }
    }

    private static func unpack(_ bytes: [UInt8], of file: String) throws(ReportReadError) -> [UInt8] {
        guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
        do throws(InflateError) {
            return try GzipDecoder.unpack(bytes, limit: mostBytes)
        } catch {
            switch error {
            case .truncated: throw .damaged(path: file, reason: "it ends in the midst of the compressed data")
            case .ratioLimit: throw .tooLarge(path: file)
            default: throw .damaged(path: file, reason: "its compressed data is not whole (\(error.rawValue))")
            }
        }
    }

    private static func document(json: [UInt8], _ file: String) throws(ReportReadError) -> ReportDocument {
        struct Form: Decodable {
            struct Record: Decodable { let schema: String }

            let schema: String
            let record: Record
        }
        do {
            let form = try JSONDecoder().decode(Form.self, from: Data(json))
            for (schema, known) in [
                (form.schema, ReportDocument.currentSchema), (form.record.schema, RunRecord.currentSchema),
            ] where schema != known {
                throw ReportReadError.unknownForm(path: file, schema: schema)
            }
            return try ReportDocument(json: json)
        } catch let error as ReportReadError {
            throw error
        } catch let error as DecodingError {
            throw .corrupt(path: file, reason: words(error))
        } catch {
            throw .corrupt(path: file, reason: "\(error)")
        }
    }

    /// What a decoder missed, and where.
    private static func words(_ error: DecodingError) -> String {
        let place = { (path: [any CodingKey]) in
            path.isEmpty
                ? "at its top"
                : "at " + path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
        }
        let text =
            switch error {
            case .keyNotFound(let key, let context):
                "the key \(key.stringValue) is missing \(place(context.codingPath))"
            case .typeMismatch(_, let context): "a value of another kind is expected \(place(context.codingPath))"
            case .valueNotFound(_, let context): "a value is missing \(place(context.codingPath))"
            case .dataCorrupted(let context):
                context.codingPath.isEmpty
                    ? "it is not well-formed JSON, or ends too early"
                    : "\(context.debugDescription) (\(place(context.codingPath)))"
            @unknown default: "\(error)"
            }
        return PlainText.clean(text)
    }
}

/// Why a report file could not be read; a file of another make is never taken for a report.
public enum ReportReadError: Error, Equatable, Sendable {
    /// There is no such file, or it cannot be opened: the path and the error's name.
    case unreadable(path: String, error: String)
    /// A folder without a report.
    case noReport(path: String)
    /// The compressed data ends too early, or a checksum is wrong: the path and what is wrong.
    case damaged(path: String, reason: String)
    /// The file unpacks to more than a report ever is.
    case tooLarge(path: String)
    /// The file is no JSON of a report: the path and what is wrong, where.
    case corrupt(path: String, reason: String)
    /// A report of a form that this version does not know.
    case unknownForm(path: String, schema: String)
}

extension ReportReadError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .unreadable(let path, let error):
            "cannot read the report \"\(path)\": \(error); name a report folder or its report.json.gz"
        case .noReport(let path):
            "there is no report.json.gz in \"\(path)\"; where a run died, hydrotest report recover makes one of its "
                + "run.journal"
        case .damaged(let path, let reason):
            "the report \"\(path)\" is damaged: \(reason); copy it again, or repeat the run"
        case .tooLarge(let path):
            "\"\(path)\" unpacks to more than \(ReportFile.mostBytes >> 20) MiB, which no report does"
        case .corrupt(let path, let reason): "\"\(path)\" is no report: \(reason)"
        case .unknownForm(let path, let schema):
            "\"\(path)\" is of the form \(PlainText.clean(schema, limit: 60)), which this version of Hydrotest does not "
                + "know (it knows \(ReportDocument.currentSchema)); read it with a newer version"
        }
    }
}
