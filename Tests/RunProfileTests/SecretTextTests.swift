import Testing

@testable import RunProfile

@Suite struct SecretTextTests {
    @Test(arguments: [
        ("headers: { Authorization: \"Bearer abc\", Accept: x }", "headers: { Authorization: \"•••\", Accept: x }"),
        ("headers: { authorization: Bearer abc, Accept: x }", "headers: { authorization: •••, Accept: x }"),
        ("  Cookie: a=b; c=d", "  Cookie: •••"),
        ("  X-Api-Key: 'it''s'", "  X-Api-Key: \"•••\""),
        ("  \"Authorization\": \"a\\\"b\" # c", "  \"Authorization\": \"•••\" # c"),
        ("  Authorization: |\n    Bearer abc\n    def\n  Accept: x", "  Authorization: •••\n  Accept: x"),
        ("  Authorization: Bearer\n    abc\n  Accept: x", "  Authorization: Bearer\n  Accept: x"),
        ("  Authorization:\n    abc\n\n  Accept: x", "  Authorization:\n\n  Accept: x"),
        ("  Authorization: Bearer abc,def", "  Authorization: •••"),
        ("  Authorization: \"abc ${X}\"", "  Authorization: \"•••\""),
        ("url: http://a/b?access_token=abc&topics=news", "url: http://a/b?access_token=•••&topics=news"),
        ("url: \"http://me:word@a:1/b@c?x=1\"", "url: \"http://•••@a:1/b@c?x=1\""),
        ("before: { exec: API_TOKEN=abc ./start --port=1 }", "before: { exec: API_TOKEN=••• ./start --port=1 }"),
        ("body: '{\"password\": \"p\", \"n\": 1}'", "body: '{\"password\": \"•••\", \"n\": 1}'"),
    ])
    func secretsAreMasked(text: String, expected: String) {
        #expect(SecretText.masked(text) == expected)
    }

    @Test(arguments: [
        "headers: { Authorization: \"Bearer ${TOKEN}\", Accept: x }", "headers: { Authorization: Bearer ${TOKEN} }",
        "  Authorization: ${TOKEN}\n  Accept: x", "tokens: /choices/0/delta/content",
        "thresholds: [callers: timeToFirstToken.p99 < 2s]", "url: https://127.0.0.1:8443/events?topics=news",
        "url: http://a/b?token=${TOKEN}&topics=news", "thresholds: [errors==0, tokens.count>=5]",
        "url: https://${USER}@127.0.0.1/b?author=me", "# Authorization is the proxy's",
    ])
    func whatIsNoSecretStays(text: String) {
        #expect(SecretText.masked(text) == text)
    }

    @Test(arguments: [
        ("target.headers.Authorization=Bearer abc", "target.headers.Authorization=•••"),
        ("target.headers.Cookie=${COOKIE}", "target.headers.Cookie=${COOKIE}"),
        ("target.headers={ Cookie: a=b }", "target.headers={ Cookie: ••• }"),
        ("target.url=http://a/?token=b&c=d", "target.url=http://a/?token=•••&c=d"),
        ("seed=7", "seed=7"), ("no value", "no value"),
    ])
    func overridesAreMasked(text: String, expected: String) {
        #expect(SecretText.masked(override: text) == expected)
    }

    @Test func commandLinesAreMasked() {
        let words = [
            "hydrotest", "run", "a.yaml", "--set", "target.headers.Cookie=a", "--set=x.token=b", "--seed", "7",
            "http://a/?key=b&auth=c",
        ]
        #expect(
            SecretText.masked(arguments: words)
                == [
                    "hydrotest", "run", "a.yaml", "--set", "target.headers.Cookie=•••", "--set=x.token=•••", "--seed",
                    "7", "http://a/?key=b&auth=•••",
                ]
        )
    }
}
