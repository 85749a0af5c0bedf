process.stderr.write("docs/tour/check-expressions.ts is not written yet\n")
process.exitCode = 1
