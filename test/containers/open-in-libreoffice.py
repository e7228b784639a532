"""Opens documents with LibreOffice, over its own interface (UNO): the command line takes no password.

Arguments: soffice, a folder for its profile, then a JSON list of {"path", "password"}. Prints a JSON list: the text found in each, or null
where LibreOffice did not open it.
"""
import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

soffice, profile, documents = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
pipe = "waybill%d" % os.getpid()
office = subprocess.Popen(
    [soffice, "--headless", "--norestore", "--nologo", "-env:UserInstallation=file://" + profile, "--accept=pipe,name=" + pipe + ";urp;"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)


def desktop():
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(600):
        try:
            remote = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except Exception:
            if office.poll() not in (None, 81):
                raise
            time.sleep(0.1)
    raise TimeoutError("LibreOffice did not start")


def text_of(document):
    if document.supportsService("com.sun.star.text.TextDocument"):
        return document.Text.String
    if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        return document.Sheets.getByIndex(0).getCellByPosition(0, 0).String
    page = document.DrawPages.getByIndex(0)
    return "\n".join(page.getByIndex(at).String for at in range(page.Count) if hasattr(page.getByIndex(at), "String"))


def opened(desk, path, password):
    properties = [PropertyValue("Hidden", 0, True, 0), PropertyValue("Password", 0, password, 0)]
    try:
        document = desk.loadComponentFromURL("file://" + path, "_blank", 0, tuple(properties))
    except Exception:
        return None
    if document is None:
        return None
    text = text_of(document)
    document.close(True)
    return text


try:
    desk = desktop()
    print(json.dumps([opened(desk, each["path"], each["password"]) for each in documents]))
finally:
    try:
        desk.terminate()
    except Exception:
        pass
    office.terminate()
    office.wait()
