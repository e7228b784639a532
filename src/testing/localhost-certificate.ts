/**
 * A certificate that vouches for localhost, made for tests with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes
 * -days 36500 -subj /CN=localhost -addext subjectAltName=DNS:localhost`. Its key is public: nothing else trusts it.
 */
export const LOCALHOST = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgW0MpCFV1VLgFOAHa
A65jPt2pJlH7Jlxd+WljJQd7qxqhRANCAASakF/hLY7yvnqA9WsvaTLUEXpjMCp7
e4QzkE7fHeMkZiTIfC1PoLgVVKvCuRGHlM7NWEi9l7nlzULfAQ4nJShi
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUdGhoTguqqhDri+7rFPgXP5kc9zMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA1MTQyMVoYDzIxMjYxMDI5
MDUxNDIxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASakF/hLY7yvnqA9WsvaTLUEXpjMCp7e4QzkE7fHeMkZiTIfC1PoLgV
VKvCuRGHlM7NWEi9l7nlzULfAQ4nJShio2kwZzAdBgNVHQ4EFgQUp9mAyQJDrF+E
IG3ghotGSnZjUJUwHwYDVR0jBBgwFoAUp9mAyQJDrF+EIG3ghotGSnZjUJUwFAYD
VR0RBA0wC4IJbG9jYWxob3N0MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
SAAwRQIhAKOz9Y0RDZSxmQMoQ1Lr+0GX9XHFVHJZlxgmtCnRbXWjAiBYfnqrGBPQ
tAqErT68d1gyPuExdExQYiWRMzkh4XZW/A==
-----END CERTIFICATE-----
`,
} as const;
