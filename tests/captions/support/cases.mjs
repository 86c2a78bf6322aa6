// Every script, theme and position there is a golden picture of. Used in Node and inside pages.

const SHORT = { width: 640, height: 90 };

/** Captions in the scripts of the world, by name. */
export const SCRIPTS = {
  latin: "Open the login page",
  accents: "Écrire l’adresse à Łódź, puis vérifier: größer als 12 px?",
  "two-lines": "Sort the table by salary, find the three best paid engineers, and read the name of their office aloud",
  ellipsis:
    "Compare the prices of all forty chairs on this page with those of the page before, write down which of them got cheaper, then go back to the search and do the same for tables, lamps and shelves of the same maker, until nothing is left",
  url: "Go to https://example.com/articles/2026/03/a-very-long-address-that-has-no-spaces-at-all?page=2&sort=descending#comments",
  chinese: "在商店里找一把红色的椅子，比较价格和评价，把最便宜的一把放进购物车，然后填写收货地址并提交订单。",
  japanese:
    "ログインページを開き、メールアドレスとパスワードを入力して「次へ」ボタンをクリックする。そのあと結果を確認する。",
  thai: "เปิดหน้าเข้าสู่ระบบแล้วกรอกที่อยู่อีเมลและรหัสผ่านจากนั้นคลิกปุ่มถัดไปเพื่อดูผลลัพธ์ทั้งหมดที่พบ และเลือกรายการที่ถูกที่สุด",
  arabic: "افتح صفحة تسجيل الدخول، ثم أدخل البريد الإلكتروني وكلمة المرور واضغط على زر «التالي» لعرض النتائج",
  hebrew: "פתח את דף הכניסה, הקלד את כתובת הדואר האלקטרוני ואת הסיסמה, ולחץ על הכפתור „הבא” כדי לראות את התוצאות",
  devanagari: "लॉगिन पृष्ठ खोलें, ईमेल पता और पासवर्ड दर्ज करें, फिर परिणाम देखने के लिए «अगला» बटन पर क्लिक करें और सबसे सस्ता चुनें",
  emoji: "Book the flight ✈️ for the family 👩‍👩‍👧 to 🇯🇵, check the weather 🌦️ and celebrate 🎉",
  "bidi-ltr": "Search for “כיסא אדום” (red chair) and for كرسي أحمر 25 on shop.example",
  "bidi-rtl": "ابحث عن Red Chair 25 في shop.example (الصفحة 3)",
};

/** Scenes: what is drawn where. `caption` names a script above or is a text itself. */
export const CASES = [
  ...Object.keys(SCRIPTS).map((name) => ({ name, ...SHORT, theme: "dark", caption: name, badge: "3 / 12" })),
  { name: "light", ...SHORT, theme: "light", caption: "two-lines", badge: "3 / 12", progress: true },
  { name: "light-emoji", ...SHORT, theme: "light", caption: "emoji", badge: "12 / 12" },
  { name: "empty", ...SHORT, theme: "dark", caption: "", badge: "1 / 12", progress: true },
  { name: "badge-alone", ...SHORT, theme: "dark", captions: false, badge: "7 / 12", progress: true },
  { name: "logo", ...SHORT, theme: "dark", caption: "two-lines", badge: "3 / 12", logo: true },
  { name: "one-line", ...SHORT, theme: "dark", caption: "two-lines", maxLines: 1 },
  { name: "over", width: 640, height: 220, theme: "dark", position: "over", caption: "two-lines", badge: "3 / 12" },
  { name: "over-arabic", width: 640, height: 220, theme: "dark", position: "over", caption: "arabic", badge: "3 / 12" },
  {
    name: "over-light",
    width: 640,
    height: 220,
    theme: "light",
    position: "over",
    caption: "emoji",
    badge: "3 / 12",
    logo: true,
    progress: true,
  },
  { name: "narrow", width: 300, height: 200, theme: "dark", caption: "latin", badge: "3 / 12" },
  { name: "large", width: 1280, height: 60, theme: "dark", caption: "emoji", badge: "3 / 12", progress: true },
  { name: "title", width: 640, height: 300, theme: "dark", title: "two-lines" },
  { name: "title-short", width: 640, height: 300, theme: "light", title: "latin" },
  { name: "title-long", width: 640, height: 300, theme: "dark", title: "ellipsis" },
  { name: "title-chinese", width: 640, height: 300, theme: "dark", title: "chinese" },
  { name: "title-emoji", width: 640, height: 300, theme: "dark", title: "emoji" },
];

export const textOf = (caption) => SCRIPTS[caption] ?? caption ?? "";
