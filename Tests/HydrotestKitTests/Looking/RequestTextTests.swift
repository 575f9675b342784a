import HTTP
import RunProfile
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct RequestTextTests {
    private static func read(_ options: TapOptions, _ environment: [String: String]) throws -> (Profile, String) {
        var sight = EndpointSight()
        sight.duration = 5 * .perSecond
        sight.status = 200
        let text = ProfileDraft(sight, options: options).text
        return (try ProfileReader(environment: environment).read(text, file: "made.yaml"), text)
    }

    /// Whatever a request holds, the profile that is written asks the same, and holds no secret.
    @Test(
        arguments: [
            (#"{"password": "hush", "n": 1, "deep": {"api_key":"hush"}}"#, ["PASSWORD": "hush", "API_KEY": "hush"]),
            (#"{"token": "hush", "a": {"token": "hush2"}}"#, ["TOKEN": "hush", "TOKEN_2": "hush2"]),
            (#"{"token": "", "tokens": "a"}"#, [:]), (#"[{"secret" : "hu\"sh"}]"#, ["SECRET": #"hu\"sh"#]),
            ("user=a&password=hush&x=", ["PASSWORD": "hush"]), ("plain ${x} $${y} \\ \" 'z'", [:]),
            ("tab\tline\nreturn\r\u{0}\u{1B}[2J\u{85}\u{2028}\u{202E}\u{FEFF}ü🎉", [:]),
            (String(repeating: "long ", count: 20_000), [:]), (" ", [:]),
        ] as [(String, [String: String])]
    )
    func theBodyIsTheSame(body: String, secrets: [String: String]) throws {
        var options = TapOptions(url: try Made.url("http://127.0.0.1/"))
        options.method = "POST"
        options.body = body
        let (profile, text) = try Self.read(options, secrets)
        #expect(profile.target.body == body)
        #expect(profile.target.method == "POST")
        #expect(!text.contains("hush"))
        #expect(RequestText(options).variables.sorted() == secrets.keys.sorted())
        for name in secrets.keys { #expect(text.contains("# export \(name)='…'")) }
    }

    @Test func secretsOfTheAddressAreLeftToTheEnvironment() throws {
        let options = TapOptions(url: try Made.url("http://127.0.0.1/a?x=1&access_token=hush&y"))
        let (profile, text) = try Self.read(options, ["ACCESS_TOKEN": "hush"])
        #expect(profile.target.address == .url(options.url))
        #expect(!text.contains("hush"))
    }

    /// A profile's headers are a map.
    @Test func headersOfOneNameAreOne() throws {
        var options = TapOptions(url: try Made.url("http://127.0.0.1/"))
        options.headers = [
            HTTPField("X", "a"), HTTPField("x", "b"), HTTPField("Cookie", "a=1"), HTTPField("cookie", "b=2"),
            HTTPField("X-Long", String(repeating: "y", count: 10_000)), HTTPField("X-Auth-Token", "hush"),
        ]
        let (profile, text) = try Self.read(options, ["COOKIE": "c", "X_AUTH_TOKEN": "hush"])
        #expect(profile.target.headers.map(\.name) == ["X", "Cookie", "X-Long", "X-Auth-Token"])
        #expect(profile.target.headers[0].value == "a, b")
        #expect(profile.target.headers[2].value.count == 10_000)
        #expect(RequestText.once(options.headers)[1].value == "a=1; b=2")
        #expect(!text.contains("hush"))
    }

    @Test(arguments: [("X-Api-Key", "X_API_KEY"), ("2fa-token", "_2FA_TOKEN"), ("ü", "_")])
    func aVariableHasAName(key: String, name: String) { #expect(SecretVariables.name(key) == name) }
}
