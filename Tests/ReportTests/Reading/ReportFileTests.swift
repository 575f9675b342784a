import EventStream
import FoundationEssentials
import Record
import Testing

@testable import Report

@Suite struct ReportFileTests {
    private let temporary: TemporaryDirectory

    init() throws { temporary = try TemporaryDirectory() }

    private func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = "\(temporary.path)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    @Test func readsWhatWasWrittenAsItWas() throws {
        try ReportDirectory(temporary.path).write(Fixture.leaky())
        #expect(try ReportFile.read(temporary.path) == Fixture.leaky())
        #expect(try ReportFile.read("\(temporary.path)/report.json.gz") == Fixture.leaky())
        let plain = try write(try Fixture.leaky().json(), to: "plain.json")
        #expect(try ReportFile.read(plain) == Fixture.leaky())
    }

    @Test func aMissingFileAndAnEmptyFolderAreSaid() {
        #expect(throws: ReportReadError.unreadable(path: "/nowhere", error: "ENOENT")) {
            try ReportFile.read("/nowhere")
        }
        #expect(throws: ReportReadError.noReport(path: temporary.path)) { try ReportFile.read(temporary.path) }
    }

    /// Cut anywhere, no part of it is taken for the whole.
    @Test func aTruncatedFileIsDamaged() throws {
        let whole = GzipEncoder.compress(try Fixture.leaky().json())
        for length in [3, 10, 200, whole.count / 2, whole.count - 8, whole.count - 1] {
            let path = try write(Array(whole[..<length]), to: "cut.json.gz")
            #expect(throws: ReportReadError.self, "\(length)") { try ReportFile.read(path) }
        }
        let json = try Fixture.leaky().json()
        let path = try write(Array(json[..<(json.count / 2)]), to: "cut.json")
        #expect(throws: ReportReadError.self) { try ReportFile.read(path) }
    }

    @Test func aChangedByteIsFound() throws {
        var bytes = GzipEncoder.compress(try Fixture.leaky().json())
        bytes[bytes.count / 2] ^= 0x10
        let path = try write(bytes, to: "changed.json.gz")
        let error = #expect(throws: ReportReadError.self) { try ReportFile.read(path) }
        #expect(error?.description.contains("damaged") == true)
    }

    @Test func aNewerFormIsNamed() throws {
        for (old, new) in [
            (ReportDocument.currentSchema, "hydrotest.report/9"), (RunRecord.currentSchema, "hydrotest.record/9"),
        ] {
            let text = String(decoding: try Fixture.leaky().json(), as: UTF8.self).replacing(old, with: new)
            let path = try write(Array(text.utf8), to: "newer.json")
            #expect(throws: ReportReadError.unknownForm(path: path, schema: new)) { try ReportFile.read(path) }
        }
    }

    @Test func aMissingKeyIsSaidWithItsPlace() throws {
        let text = String(decoding: try Fixture.leaky().json(), as: UTF8.self)
            .replacing("\"bytesReceived\"", with: "\"bytesRecieved\"")
        let path = try write(Array(text.utf8), to: "missing.json")
        let error = #expect(throws: ReportReadError.self) { try ReportFile.read(path) }
        #expect(error?.description.contains("the key bytesReceived is missing at record.load") == true)
    }

    @Test func anotherFileIsNoReport() throws {
        for text in ["", "{}", "[1,2]", "name: smoke", "{\"schema\":\"other\"}"] {
            let path = try write(Array(text.utf8), to: "other")
            #expect(throws: ReportReadError.self, "\(text)") { try ReportFile.read(path) }
        }
    }
}
