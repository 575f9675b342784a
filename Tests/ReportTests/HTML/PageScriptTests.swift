import Foundation
import TestTurns
import Testing

@testable import Report

@Suite(Turn.sideBySide) struct PageScriptTests {
    @Test func isSmallAndStandsInAPageAsItIs() {
        #expect(PageScript.text.utf8.count < 6 << 10)
        #expect(!PageScript.text.contains("<"))
    }

    /// OpenSSL tells the hash: this project does not compute what it checks.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "needs openssl"))
    func thePolicyNamesTheScriptsHash() throws {
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = ["dgst", "-sha256", "-binary"]
        let (input, output) = (Pipe(), Pipe())
        openssl.standardInput = input
        openssl.standardOutput = output
        try openssl.run()
        input.fileHandleForWriting.write(Data(PageScript.text.utf8))
        try input.fileHandleForWriting.close()
        let digest = try #require(try output.fileHandleForReading.readToEnd())
        openssl.waitUntilExit()
        #expect(digest.count == 32)
        #expect(PageScript.hash == "sha256-" + digest.base64EncodedString())
        #expect(HTMLReport.policy.contains("script-src '\(PageScript.hash)'"))
    }
}
